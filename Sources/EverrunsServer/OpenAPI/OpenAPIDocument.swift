import EverrunsDocuments
import HTTPTypes
import Hummingbird

/// The OpenAPI document of a server, derived from its routes.
///
/// It is of version 3.1 (spec.openapis.org/oas/v3.1.1), whose schemas are those of JSON Schema
/// 2020-12 and so those of the codings.
struct OpenAPIDocument: Sendable {
  /// The format's version.
  static let version = "3.1.0"

  let title: String
  let apiVersion: String
  /// Whether requests need a key.
  let needsKey: Bool
  private let operations: [(route: NotedRoute, id: String)]

  /// A document of some routes.
  ///
  /// - Throws: ``OperationClash`` if two routes have the same operation id.
  init(
    title: String, apiVersion: String, needsKey: Bool, routes: [NotedRoute]
  ) throws(OperationClash) {
    self.title = title
    self.apiVersion = apiVersion
    self.needsKey = needsKey
    operations = try Self.identified(routes)
  }

  /// The document as JSON.
  var json: JSONValue {
    var paths: JSONObject = [:]
    for (route, id) in operations {
      let path = route.documentedPath
      var item = paths.object(path) ?? [:]
      item[route.method.rawValue.lowercased()] = .object(operation(route, id: id))
      paths[path] = .object(item)
    }
    var document: JSONObject = [
      "openapi": .string(Self.version),
      "info": ["title": .string(title), "version": .string(apiVersion)],
    ]
    document["paths"] = .object(paths)
    document["components"] = .object(components)
    document["tags"] = .array(tags)
    return .object(document)
  }

  private var components: JSONObject {
    var components: JSONObject = [
      "schemas": ["Error": .object(Self.errorSchema.document)],
      "parameters": [
        "Organization": RequestParameter.text(
          "X-Org-Id", "The public id of the organization; else the default one"
        ).document(in: "header")
      ],
      "responses": [
        "Error": [
          "description": "An error",
          "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
        ]
      ],
    ]
    if needsKey {
      components["securitySchemes"] = ["key": ["type": "http", "scheme": "bearer"]]
    }
    return components
  }

  /// The modules with routes, and `custom` for an embedder's own.
  private var tags: [JSONValue] {
    var names: [String] = []
    for (route, _) in operations where !names.contains(route.origin.tag) {
      names.append(route.origin.tag)
    }
    return names.map { name in
      var tag: JSONObject = ["name": .string(name)]
      tag["description"] = ServerModule(rawValue: name).map { .string($0.summary) }
      return .object(tag)
    }
  }

  private func operation(_ route: NotedRoute, id: String) -> JSONObject {
    var operation: JSONObject = ["operationId": .string(id), "tags": [.string(route.origin.tag)]]
    operation["summary"] = (route.description?.summary).map(JSONValue.string)
    operation["description"] = (route.description?.details).map(JSONValue.string)
    let parameters =
      route.pathParameters.map { name -> JSONValue in
        ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
      } + (route.description?.query ?? []).map { $0.document(in: "query") }
      + (route.description?.headers ?? []).map { $0.document(in: "header") }
      + (route.isOfOrganization ? [["$ref": "#/components/parameters/Organization"]] : [])
    if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
    if let body = route.description?.body {
      operation["requestBody"] = [
        "required": .bool(body.hasRequiredFields),
        "content": ["application/json": ["schema": .object(body.document)]],
      ]
    }
    operation["responses"] = .object(responses(route))
    if needsKey, !route.isPublic { operation["security"] = [["key": []]] }
    return operation
  }

  private func responses(_ route: NotedRoute) -> JSONObject {
    let error: JSONValue = ["$ref": "#/components/responses/Error"]
    guard let description = route.description else {
      return ["default": ["description": "The route's response"]]
    }
    var success: JSONObject = ["description": .string(description.status.reasonPhrase)]
    switch description.result.content {
    case .none, .anything: break
    case .json(let schema):
      success["content"] = ["application/json": ["schema": .object(schema.document)]]
    case .text: success["content"] = ["text/plain": ["schema": ["type": "string"]]]
    case .events: success["content"] = ["text/event-stream": ["schema": ["type": "string"]]]
    }
    return [String(description.status.code): .object(success), "default": error]
  }

  /// The shape of every error.
  private static let errorSchema = DocumentSchema.object(
    "error",
    [
      (
        "error",
        .object(
          noun: "error",
          fields: [
            .init(
              key: "code", isRequired: true, schema: .text,
              summary: "The stable code that programs match"),
            .init(
              key: "message", isRequired: true, schema: .text,
              summary: "What went wrong, in one sentence"),
            .init(key: "hint", isRequired: false, schema: .text, summary: "What to do next"),
            .init(
              key: "diagnostics", isRequired: false, schema: .list(.anyObject),
              summary: "The diagnostics of an invalid document"),
          ], condition: nil)
      )
    ])

  // MARK: Ids

  private static func identified(
    _ routes: [NotedRoute]
  ) throws(OperationClash) -> [(route: NotedRoute, id: String)] {
    var owners: [String: NotedRoute] = [:]
    for route in routes {
      guard let id = route.description?.id else { continue }
      if let other = owners[id] { throw OperationClash(id: id, route: route, other: other) }
      owners[id] = route
    }
    var taken = Set(owners.keys)
    return routes.map { route in
      if let id = route.description?.id { return (route, id) }
      var id = route.derivedID
      var number = 2
      while !taken.insert(id).inserted {
        id = "\(route.derivedID)_\(number)"
        number += 1
      }
      return (route, id)
    }
  }
}

/// Two routes have the same `operationId`.
struct OperationClash: Error {
  let id: String
  let route: NotedRoute
  let other: NotedRoute
}

extension NotedRoute {
  /// Whether its requests are about one organization.
  fileprivate var isOfOrganization: Bool {
    if case .module(let module) = origin { module.isOfOrganization } else { false }
  }

  /// The names of the parameters of the path.
  fileprivate var pathParameters: [String] {
    documentedPath.split(separator: "{").dropFirst().compactMap { part in
      part.split(separator: "}", omittingEmptySubsequences: false).first.map(String.init)
    }
  }

  /// The path in the document, where wildcards become parameters: OpenAPI has no wildcards.
  fileprivate var documentedPath: String {
    var number = 0
    let segments = path.components.map { element -> String in
      let text = element.description
      guard text.contains("*") else { return text }
      number += 1
      return text.replacing("**", with: "*").replacing("*", with: "{wildcard\(number)}")
    }
    return "/" + segments.joined(separator: "/")
  }

  /// An id made from method and path: `get_v1_ping`.
  fileprivate var derivedID: String {
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.joined(separator: "_")
  }
}

extension NotedRoute.Origin {
  /// The tag of the routes of this origin.
  fileprivate var tag: String {
    switch self {
    case .server: "server"
    case .module(let module): module.rawValue
    case .custom, .customPublic: "custom"
    }
  }
}

extension RequestParameter {
  fileprivate func document(in place: String) -> JSONValue {
    let schema = isRepeatable ? DocumentSchema.list(schema) : schema
    return [
      "name": .string(name), "in": .string(place), "description": .string(summary),
      "schema": .object(schema.document),
    ]
  }
}

extension DocumentSchema {
  /// Whether an empty object is not of this shape.
  fileprivate var hasRequiredFields: Bool {
    if case .object(_, let fields, _) = self { fields.contains(where: \.isRequired) } else { true }
  }
}
