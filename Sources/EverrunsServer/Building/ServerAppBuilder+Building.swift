import Everruns
public import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import UnixSignals

extension ServerAppBuilder {
  /// Builds the server, for those who have a service group of their own.
  ///
  /// - Throws: ``ServerStartError`` for an invalid definition, modules that need others, and routes
  ///   that clash.
  public func build() throws -> Server {
    try Server(self)
  }

  /// Builds the server and serves until the process is asked to end, by SIGTERM or SIGINT.
  ///
  /// - Throws: ``ServerStartError`` if it cannot start.
  public func run() async throws {
    let server = try build()
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  /// The OpenAPI document of the server that would be built, without opening anything.
  ///
  /// - Throws: ``ServerStartError`` as ``build()``.
  public func openAPIDocument() throws -> JSONValue {
    try build().openAPI
  }

  /// Refuses what cannot be built.
  func check(_ definition: PlatformDefinition) throws(ServerStartError) {
    if authenticator == nil, configuration.isOpenToOthers {
      throw ServerStartError.openToOthers(configuration.address)
    }
    let findings = definition.validate(grade: configuration.grade)
    guard !findings.contains(where: { $0.severity == .error }) else {
      throw ServerStartError.invalidDefinition(DocumentRefusal(findings))
    }
    for module in ServerModule.allCases where modules.contains(module) {
      if let missing = module.requirements.first(where: { !modules.contains($0) }) {
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
    if modules.contains(.openapi) {
      let routes = Routes(.module(.openapi))
      OpenAPIRoute(contents: document).add(to: routes)
      noted += routes.noted
    }
    for module in Self.stockModules where modules.contains(module.module) {
      let routes = Routes(.module(module.module), under: prefix)
      module.add(to: routes, using: services)
      noted += routes.noted
    }
    for addition in routeAdditions {
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

  /// Who may use the server, in a word.
  var accessMode: String {
    if authenticator != nil { return "external" }
    return configuration.access == .anybody ? "none" : "key"
  }

  /// What lets requests in.
  func chosenAuthenticator() -> any Authenticator {
    if let authenticator { return authenticator }
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
    if authenticator == nil, configuration.access == .anybody, configuration.address.isLoopback {
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
