public import EverrunsDocuments
public import HTTPTypes

/// The description of a route in the OpenAPI document, and the coding of its body.
///
/// ```swift
/// routes.post(
///   "/v1/internal/reindex",
///   .operation(
///     "Reindex", body: Reindex.coding, returns: .object(Queued.coding), status: .accepted)
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
  /// A body that is not JSON gets the response 400 with the position, an invalid one 422 with every
  /// problem; the handler sees neither. A missing body is read as an empty object.
  ///
  /// - Parameters:
  ///   - summary: The purpose of the operation, in a few words.
  ///   - id: The `operationId`; `nil` to derive one from method and path. It must be unique.
  ///   - details: What else a reader should know, in sentences.
  ///   - query: The parameters of the query.
  ///   - headers: The headers that the operation reads.
  ///   - body: The coding of the body.
  ///   - result: The shape of a successful response.
  ///   - status: The status of a successful response.
  /// - Returns: An operation whose handler receives the decoded body.
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
  ///   - summary: The purpose of the operation, in a few words.
  ///   - id: The `operationId`; `nil` to derive one from method and path. It must be unique.
  ///   - details: What else a reader should know, in sentences.
  ///   - query: The parameters of the query.
  ///   - headers: The headers that the operation reads.
  ///   - result: The shape of a successful response.
  ///   - status: The status of a successful response.
  /// - Returns: An operation whose handler receives the request only.
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

/// The description of a route, regardless of its types.
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

/// The shape of a successful response.
public struct ResponseShape: Sendable {
  enum Content {
    case none
    case anything
    case json(DocumentSchema)
    case text
    case events
  }

  let content: Content

  /// An unspecified response.
  public static let anything = ResponseShape(content: .anything)
  /// A response without a body.
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

  /// A page of a list, with the length of the whole list.
  static func page(_ element: DocumentSchema) -> ResponseShape {
    json(
      .object(
        "page",
        [
          ("data", .list(element)), ("total", .integer), ("offset", .integer), ("limit", .integer),
        ]))
  }
}
