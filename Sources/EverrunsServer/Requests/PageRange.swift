import EverrunsDocuments
import Hummingbird

/// The requested page of a list.
struct PageRange: Sendable {
  let offset: Int
  let limit: Int

  /// Reads the parameters `limit` and `offset` of a query.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - standard: The number of elements without a `limit`.
  ///   - maximum: The greatest valid `limit`.
  /// - Throws: ``APIError`` if a parameter is repeated, not a whole number, or out of range.
  init(_ request: Request, standard: Int, maximum: Int) throws {
    limit = try request.wholeNumber("limit", in: 1...maximum) ?? standard
    offset = try request.wholeNumber("offset", in: 0...Int(Int32.max)) ?? 0
  }

  /// The parameters, for the OpenAPI document.
  static let parameters: [RequestParameter] = [
    .integer("offset", "The number of elements to skip"),
    .integer("limit", "The maximum number of elements"),
  ]
}

extension JSONValue {
  /// A page of a list in the API's format.
  static func page(_ elements: [JSONObject], total: Int, _ range: PageRange) -> JSONValue {
    [
      "data": .array(elements.map(JSONValue.object)), "total": .integer(total),
      "offset": .integer(range.offset), "limit": .integer(range.limit),
    ]
  }
}

extension Request {
  /// The values of a parameter of the query, decoded.
  func queryValues(_ name: String) -> [String] {
    uri.queryParameters[values: name[...]].map { String($0) }
  }

  /// The value of a parameter of the query; `nil` if it is not given.
  ///
  /// - Throws: ``APIError`` if it is given twice.
  func queryValue(_ name: String) throws -> String? {
    let values = queryValues(name)
    guard values.count <= 1 else { throw APIError.query(name, "is given more than once") }
    return values.first
  }

  /// The whole number of a parameter of the query; `nil` if it is not given.
  func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = try queryValue(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw APIError.query(
        name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
