import Everruns
import EverrunsDocuments
import HTTPTypes
import Hummingbird

/// The parts of a server: the builder's values and the settings.
struct ServerAssembly {
  let builder: ServerAppBuilder
  let configuration: ServerConfiguration

  /// - Throws: ``ServerStartError`` for invalid settings.
  init(_ builder: ServerAppBuilder) throws {
    self.builder = builder
    configuration = try builder.configuration.get()
  }

  /// Refuses settings and values that do not fit together.
  func check(_ definition: PlatformDefinition) throws(ServerStartError) {
    if builder.authenticator == nil, configuration.isOpenToOthers {
      throw ServerStartError.openToOthers(configuration.address)
    }
    let findings = definition.validate(grade: configuration.grade)
    guard !findings.contains(where: { $0.severity == .error && !$0.isOfBlankName }) else {
      throw ServerStartError.invalidDefinition(DocumentRefusal(findings))
    }
    for module in ServerModule.allCases where builder.modules.contains(module) {
      if let missing = module.requirements.first(where: { !builder.modules.contains($0) }) {
        throw ServerStartError.missingModule(missing, neededBy: module)
      }
    }
  }

  /// Every route of a server with these services.
  func routes(_ services: ServerServices, document: OpenAPIRoute.Contents) -> [NotedRoute] {
    let prefix = RouterPath(configuration.apiPrefix)
    var noted: [NotedRoute] = []
    let server = Routes(.server)
    StatusRoutes(services, mode: accessMode).add(to: server)
    noted += server.noted
    if builder.modules.contains(.openapi) {
      let routes = Routes(.module(.openapi))
      OpenAPIRoute(contents: document).add(to: routes)
      noted += routes.noted
    }
    for module in Self.stockModules where builder.modules.contains(module.module) {
      let routes = Routes(.module(module.module), under: prefix)
      module.add(to: routes, using: services)
      noted += routes.noted
    }
    for addition in builder.routeAdditions {
      let routes = Routes(addition.origin, under: prefix)
      addition.add(routes)
      noted += routes.noted
    }
    return noted
  }

  /// The routes of each module, in the order of the document.
  private static var stockModules: [any ModuleRoutes.Type] {
    [
      PlatformRoutes.self, CapabilityRoutes.self, ConnectionRoutes.self, OrganizationRoutes.self,
      HarnessRoutes.self, ModelRoutes.self, AgentRoutes.self, SessionRoutes.self,
      MessageRoutes.self, EventRoutes.self, DurableRoutes.self, SeedingRoutes.self,
    ]
  }

  /// The access mode in one word, as `/health` reports it.
  var accessMode: String {
    if builder.authenticator != nil { return "external" }
    return configuration.access == .anybody ? "none" : "key"
  }

  /// The authenticator of requests.
  func chosenAuthenticator() -> any Authenticator {
    if let authenticator = builder.authenticator { return authenticator }
    return switch configuration.access {
    case .anybody: NoAuthenticator()
    case .key(let key): KeyAuthenticator(key)
    }
  }

  /// The router of some routes.
  func router(_ table: RouteTable) -> Router<ServerRequestContext> {
    let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: AccessLog())
    router.add(middleware: MetricsMiddleware())
    router.add(middleware: TracingMiddleware())
    router.add(middleware: ErrorMiddleware(table: table))
    if builder.authenticator == nil, configuration.access == .anybody,
      configuration.address.isLoopback
    {
      router.add(middleware: LoopbackGuard(allowedOrigins: configuration.allowedOrigins))
    }
    if !configuration.allowedOrigins.isEmpty {
      router.add(middleware: AllowedOrigins(configuration.allowedOrigins))
    }
    router.add(middleware: BodyLimit())
    let authenticator = chosenAuthenticator()
    for route in table.routes {
      if route.isPublic {
        router.on(route.path, method: route.method, route.responder)
      } else {
        router.on(
          route.path, method: route.method,
          responder: AuthenticatedResponder(authenticator: authenticator, next: route.responder))
      }
    }
    return router
  }
}

extension Router {
  fileprivate func on(
    _ path: RouterPath, method: HTTPRequest.Method, _ responder: some HTTPResponder<Context>
  ) {
    on(path, method: method, responder: responder)
  }
}
