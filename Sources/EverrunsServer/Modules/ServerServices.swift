import EverrunsSeeding
import EverrunsStore
import Foundation
import Hummingbird

/// The services that handlers use.
struct ServerServices: Sendable {
  let platform: ServerPlatform
  let administration: AdministrationStore
  let runs: RunStoreAccess
  let seeding: SeedingStatus
  let now: @Sendable () -> Date

  /// Uses the store for a request, with the request's organization.
  func inOrganization<Value: Sendable>(
    of request: Request, _ context: ServerRequestContext,
    _ body: @escaping @Sendable (any Store, Organization) throws -> Value
  ) async throws -> Value {
    let scope = OrganizationScope(request, context, default: platform.catalog.organization)
    return try await administration.use { store in
      try body(store, try store.organization(of: scope))
    }
  }

  /// The actor and the request of a change of the store.
  func author(of request: Request, _ context: ServerRequestContext) -> Author {
    Author(
      name: context.principal.id, request: "\(request.method.rawValue) \(request.uri.path)",
      now: now)
  }
}

/// The actor and the request of a change, for the store's history.
struct Author: Sendable {
  let name: String
  /// Method and path.
  let request: String
  let now: @Sendable () -> Date

  /// The change in the store's terms.
  var change: StoreChange { StoreChange(actor: name, command: request, reason: nil, now: now) }
}

/// The routes of one module.
protocol ModuleRoutes {
  /// The module.
  static var module: ServerModule { get }

  /// Adds the routes, whose handlers work with these services.
  static func add(to routes: Routes, using services: ServerServices)
}
