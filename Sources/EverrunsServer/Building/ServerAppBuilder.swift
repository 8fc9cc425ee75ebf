import CommandLineTree
public import Everruns
public import EverrunsSeeding
import EverrunsStore
import Foundation
public import Hummingbird
public import Logging
public import ServiceLifecycle

/// Builds a control plane: a server for a platform definition.
///
/// ```swift
/// try await ServerAppBuilder(.fromEnvironment())
///   .platformDefinition(platform)
///   .routes { routes in
///     routes.get("/v1/ping") { _, _ in "pong" }
///   }
///   .run()
/// ```
///
/// A builder is a value: each call returns a changed copy, and nothing runs before ``run()`` or
/// ``build()``.
public struct ServerAppBuilder: Sendable {
  /// The settings, or the error in them.
  let configuration: Result<ServerConfiguration, any Error>
  var platform: (definition: PlatformDefinition, name: String)?
  var catalog: SeedCatalog?
  var modules: Set<ServerModule> = .all
  var authenticator: (any Authenticator)?
  var routeAdditions: [RouteAddition] = []
  var listeners: [any EventListener] = []
  var services: [any Service] = []
  var logger = Logger(label: "everruns.server")
  var now: @Sendable () -> Date = { Date() }
  /// Called with the address once it listens.
  var onListening: @Sendable (ServerAddress) -> Void = { _ in }

  /// Routes that an embedder adds.
  struct RouteAddition: Sendable {
    let origin: NotedRoute.Origin
    let add: @Sendable (Routes) -> Void
  }

  /// A server with these settings, on the stock platform unless another one is given.
  ///
  /// - Parameter configuration: The settings. Invalid ones are thrown by ``build()`` and
  ///   reported by ``run()``.
  public init(_ configuration: @autoclosure () throws -> ServerConfiguration) {
    do {
      self.configuration = .success(try configuration())
    } catch let settings as InvalidSettings {
      self.configuration = .failure(ServerStartError.invalidSettings(settings))
    } catch {
      self.configuration = .failure(error)
    }
  }

  /// Serves this definition instead of the stock one.
  ///
  /// - Parameters:
  ///   - definition: The definition; the worker should have the same.
  ///   - name: The name of the definition in plans and in the store's history.
  /// - Returns: A builder with the definition.
  public func platformDefinition(
    _ definition: PlatformDefinition, named name: String = "server"
  ) -> Self {
    setting { $0.platform = (definition, name) }
  }

  /// Seeds this catalog instead of the stock one.
  public func catalog(_ catalog: SeedCatalog) -> Self {
    setting { $0.catalog = catalog }
  }

  /// Serves only these modules of the API.
  ///
  /// ```swift
  /// .modules(.all.subtracting([.durable]))
  /// ```
  public func modules(_ modules: Set<ServerModule>) -> Self {
    setting { $0.modules = modules }
  }

  /// Authenticates requests with this authenticator instead of the one that the settings name.
  public func authentication(_ authenticator: any Authenticator) -> Self {
    setting { $0.authenticator = authenticator }
  }

  /// Adds routes, which require authentication.
  ///
  /// Can be called several times. No two routes can have the same method and path.
  public func routes(_ add: @escaping @Sendable (Routes) -> Void) -> Self {
    setting { $0.routeAdditions.append(RouteAddition(origin: .custom, add: add)) }
  }

  /// Adds the routes of a Hummingbird route collection, which require authentication.
  ///
  /// - Parameter collection: Creates the collection; called once for each server that is built.
  /// - Returns: A builder with the routes.
  public func routes(
    _ collection: @escaping @Sendable () -> RouteCollection<ServerRequestContext>
  ) -> Self {
    routes { routes in _ = routes.addRoutes(collection()) }
  }

  /// Adds routes that do not require authentication.
  public func publicRoutes(_ add: @escaping @Sendable (Routes) -> Void) -> Self {
    setting { $0.routeAdditions.append(RouteAddition(origin: .customPublic, add: add)) }
  }

  /// Delivers the events of all sessions to this listener.
  ///
  /// Can be called several times.
  public func eventListener(_ listener: any EventListener) -> Self {
    setting { $0.listeners.append(listener) }
  }

  /// Calls a function with every event of every session while the server runs.
  ///
  /// If it throws, the event is delivered again; see ``EventListener``.
  public func eventListener(_ receive: @escaping @Sendable (Event) async throws -> Void) -> Self {
    eventListener(FunctionListener(function: receive))
  }

  /// Runs a service for as long as the server runs.
  public func service(_ service: any Service) -> Self {
    setting { $0.services.append(service) }
  }

  /// Writes the log through this logger.
  public func logger(_ logger: Logger) -> Self {
    setting { $0.logger = logger }
  }

  /// Calls this with the address once the server listens.
  package func onListening(_ body: @escaping @Sendable (ServerAddress) -> Void) -> Self {
    setting { $0.onListening = body }
  }

  private func setting(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}
