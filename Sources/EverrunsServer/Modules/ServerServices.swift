import EverrunsSeeding
import EverrunsStore
import Foundation
import Hummingbird

/// What the handlers of a server work with.
struct ServerServices: Sendable {
  let platform: ServerPlatform
  let administration: AdministrationStore
  let runs: RunStoreAccess
  let seeding: SeedingStatus
  let now: @Sendable () -> Date

  /// Uses the store for a request, with the organization that the request is about.
  func inOrganization<Value: Sendable>(
    of request: Request, _ context: ServerRequestContext,
    _ body: @escaping @Sendable (any Store, Organization) throws -> Value
  ) async throws -> Value {
    let scope = OrganizationScope(request, context, default: platform.catalog.organization)
    return try await administration.use { store in
      try body(store, try store.organization(of: scope))
    }
  }

  /// Who changes the store with a request, and with which one.
  func author(of request: Request, _ context: ServerRequestContext) -> Author {
    Author(
      name: context.principal.id, request: "\(request.method.rawValue) \(request.uri.path)",
      now: now)
  }
}

/// Who changes the store with a request, for the store's history.
struct Author: Sendable {
  let name: String
  /// Method and path.
  let request: String
  let now: @Sendable () -> Date

  /// The change as the store takes it.
  var change: StoreChange { StoreChange(actor: name, command: request, reason: nil, now: now) }
}

/// The routes of one module.
protocol ModuleRoutes {
  /// The module.
  static var module: ServerModule { get }

  /// Adds the routes, whose handlers work with these services.
  static func add(to routes: Routes, using services: ServerServices)
}
