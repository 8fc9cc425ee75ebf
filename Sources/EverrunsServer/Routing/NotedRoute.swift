import HTTPTypes
import Hummingbird

/// A route as a value.
struct NotedRoute: Sendable {
  /// The origin of the route.
  enum Origin: Sendable, Hashable {
    /// A route of every server: `/health` and `/ready`.
    case server
    /// A route of a stock module.
    case module(ServerModule)
    /// A custom route of an embedder.
    case custom
    /// A custom route that requires no authentication.
    case customPublic
  }

  let method: HTTPRequest.Method
  /// The whole path, with the prefix of the API.
  let path: RouterPath
  let origin: Origin
  /// The description of the route; `nil` if it has none.
  let description: OperationDescription?
  let responder: any HTTPResponder<ServerRequestContext>

  /// The route in messages: `GET /v1/sessions/{id}`.
  var name: String { "\(method.rawValue) \(path.description)" }

  /// Whether it requires no authentication.
  var isPublic: Bool {
    switch origin {
    case .server, .customPublic, .module(.openapi): true
    case .module, .custom: false
    }
  }
}

extension NotedRoute.Origin {
  /// The origin of the route, in words.
  var words: String {
    switch self {
    case .server: "the server"
    case .module(let module): "the module '\(module.rawValue)'"
    case .custom, .customPublic: "a custom route"
    }
  }
}
