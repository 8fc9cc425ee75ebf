public import EverrunsDocuments
public import HTTPTypes

/// What a route says about itself in the OpenAPI document, and how its body is read.
///
/// ```swift
/// routes.post(
///   "/v1/internal/reindex",
///   .operation("Reindex", body: Reindex.coding, returns: .object(Queued.coding), status: .accepted)
/// ) { reindex, request, context in
///   ["queued": true, "index": .string(reindex.index)]
/// }
/// ```
///
/// The type of the body is `Void` for an operation without one.
public struct Operation<Body: Sendable>: Sendable {
  let description: OperationDescription
  let body: ObjectCoding<Body>?
}

extension Operation {
  /// An operation with a JSON object as its body.
  ///
  /// A body that is not JSON is answered with 400 and the place, one of the wrong content with 422
  /// and everything that is wrong with it; the handler sees neither. A body that was left out is read
  /// as an empty object.
  ///
  /// - Parameters:
  ///   - summary: What the operation does, in a few words.
  ///   - id: The `operationId`; `nil` to make one from method and path. No two operations share one.
  ///   - details: What else a reader should know, in sentences.
  ///   - query: The parameters of the query.
  ///   - headers: The headers that the operation reads.
  ///   - body: How the body is read.
  ///   - result: What is answered.
  ///   - status: The status of a success.
  public static func operation(
    _ summary: String, id: String? = nil, details: String? = nil, query: [RequestParameter] = [],
    headers: [RequestParameter] = [], body: ObjectCoding<Body>,
    returns result: ResponseShape = .anything,
    status: HTTPResponse.Status = .ok
  ) -> Self {
    Self(
      description: OperationDescription(
        summary: summary, id: id, details: details, query: query, headers: headers,
        body: body.schema, result: result, status: status),
      body: body)
  }
}

extension Operation where Body == Void {
  /// An operation without a body.
  ///
  /// - Parameters:
  ///   - summary: What the operation does, in a few words.
  ///   - id: The `operationId`; `nil` to make one from method and path. No two operations share one.
  ///   - details: What else a reader should know, in sentences.
  ///   - query: The parameters of the query.
  ///   - headers: The headers that the operation reads.
  ///   - result: What is answered.
  ///   - status: The status of a success.
  public static func operation(
    _ summary: String, id: String? = nil, details: String? = nil, query: [RequestParameter] = [],
    headers: [RequestParameter] = [], returns result: ResponseShape = .anything,
    status: HTTPResponse.Status = .ok
  ) -> Self {
    Self(
      description: OperationDescription(
        summary: summary, id: id, details: details, query: query, headers: headers, body: nil,
        result: result, status: status),
      body: nil)
  }
}

/// What a route says about itself, whatever its types.
struct OperationDescription: Sendable {
  let summary: String
  let id: String?
  let details: String?
  let query: [RequestParameter]
  let headers: [RequestParameter]
  /// The shape of the body; `nil` if there is none.
  let body: DocumentSchema?
  let result: ResponseShape
  /// The status of a success.
  let status: HTTPResponse.Status
}

/// What an operation answers when it succeeds.
public struct ResponseShape: Sendable {
  enum Content {
    case none
    case anything
    case json(DocumentSchema)
    case text
    case events
  }

  let content: Content

  /// Nothing is said about the answer.
  public static let anything = ResponseShape(content: .anything)
  /// The answer has no body.
  public static let empty = ResponseShape(content: .none)
  /// Plain text.
  public static let text = ResponseShape(content: .text)
  /// A JSON object of any content.
  public static let object = json(.anyObject)
  /// Server-sent events.
  static let events = ResponseShape(content: .events)

  /// A JSON object.
  public static func object<Value>(_ coding: ObjectCoding<Value>) -> ResponseShape {
    json(coding.schema)
  }

  /// A JSON object with the array `data`, as all lists of the API.
  public static func list<Value>(of coding: ObjectCoding<Value>) -> ResponseShape {
    list(coding.schema)
  }

  static func json(_ schema: DocumentSchema) -> ResponseShape {
    ResponseShape(content: .json(schema))
  }

  static func list(_ element: DocumentSchema) -> ResponseShape {
    json(.object("list", [("data", .list(element))]))
  }

  /// A piece of a list with the length of the whole.
  static func page(_ element: DocumentSchema) -> ResponseShape {
    json(
      .object(
        "page",
        [
          ("data", .list(element)), ("total", .integer), ("offset", .integer), ("limit", .integer),
        ]))
  }
}
