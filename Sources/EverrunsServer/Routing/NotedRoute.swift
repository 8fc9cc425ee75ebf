import HTTPTypes
import Hummingbird

/// A route as a value.
struct NotedRoute: Sendable {
  /// Whose route it is.
  enum Origin: Sendable, Hashable {
    /// What every server has: whether it is alive and ready.
    case server
    /// A stock module's.
    case module(ServerModule)
    /// An embedder's own.
    case custom
    /// An embedder's own that anybody may call.
    case customPublic
  }

  let method: HTTPRequest.Method
  /// The whole path, with the prefix of the API.
  let path: RouterPath
  let origin: Origin
  /// What the route says about itself; `nil` if nothing was said.
  let description: OperationDescription?
  let responder: any HTTPResponder<ServerRequestContext>

  /// The route as a sentence names it: `GET /v1/sessions/{id}`.
  var name: String { "\(method.rawValue) \(path.description)" }

  /// Whether anybody may call it.
  var isPublic: Bool {
    switch origin {
    case .server, .customPublic, .module(.openapi): true
    case .module, .custom: false
    }
  }
}

extension NotedRoute.Origin {
  /// Whose route it is, in words.
  var words: String {
    switch self {
    case .server: "the server"
    case .module(let module): "the module '\(module.rawValue)'"
    case .custom, .customPublic: "a custom route"
    }
  }
}
