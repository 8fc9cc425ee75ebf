import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Foundation
import Hummingbird

extension JSONValue {
  /// A list in the API's format.
  static func list(_ elements: some Sequence<JSONObject>) -> JSONValue {
    ["data": .array(elements.map(JSONValue.object))]
  }
}

extension ServerServices {
  /// The rows of a kind in the organization of a request.
  func records(
    _ kind: RecordKind, _ request: Request, _ context: ServerRequestContext
  ) async throws -> [JSONObject] {
    try await inOrganization(of: request, context) { store, organization in
      try store.records(kind, organization: organization.orgID).map(\.withoutNumber)
    }
  }

  /// The row that the path's parameter `id` names, by id or name.
  func record(
    _ kind: RecordKind, _ request: Request, _ context: ServerRequestContext
  ) async throws -> JSONObject {
    let word = try context.pathParameter("id")
    let records = try await records(kind, request, context)
    guard
      let record = records.first(where: { $0.text("id") == word || $0.text("public_id") == word })
        ?? records.first(where: { $0.text("name") == word })
    else {
      throw APIError.notFound(kind.noun, word, among: records.compactMap { $0.text("name") })
    }
    return record
  }
}

extension JSONObject {
  /// The row without `org_id`, which is internal to the store.
  fileprivate var withoutNumber: JSONObject {
    var copy = self
    copy["org_id"] = nil
    return copy
  }
}

extension ServerRequestContext {
  /// A parameter of the path, decoded.
  func pathParameter(_ name: String) throws -> String {
    let text = try parameters.require(name)
    return text.removingPercentEncoding ?? text
  }
}
