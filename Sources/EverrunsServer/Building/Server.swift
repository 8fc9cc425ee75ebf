import Everruns
public import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import ServiceLifecycle

/// A control plane that is ready to run.
public struct Server: Service {
  /// What the server's OpenAPI document says.
  public let openAPI: JSONValue
  let application: Application<RouterResponder<ServerRequestContext>>
  let services: ServerServices
  private let listeners: [any EventListener]
  private let additions: [any Service]
  private let seeding: SeedingService
  private let logger: Logger
  private let address: ServerAddress
  /// How long a graceful shutdown may take; then everything that still runs is cancelled.
  var shutdownLimit = Duration.seconds(30)

  /// The server of an assembly.
  init(_ assembly: ServerAssembly) throws(ServerStartError) {
    let (builder, configuration) = (assembly.builder, assembly.configuration)
    let (definition, name) = builder.platform ?? (.oss(grade: configuration.grade), "oss")
    try assembly.check(definition)
    let platform = ServerPlatform(
      definition, named: name, catalog: builder.catalog, grade: configuration.grade)
    let kinds = StoreKinds([.sqlite])
    let services = ServerServices(
      platform: platform,
      administration: AdministrationStore(at: configuration.store, kinds: kinds),
      runs: RunStoreAccess { try kinds.openForRunning(configuration.store) },
      seeding: SeedingStatus(isOff: !configuration.seedsAtStart), now: builder.now)
    let contents = OpenAPIRoute.Contents()
    let table: RouteTable
    do throws(RouteClash) {
      table = try RouteTable(assembly.routes(services, document: contents))
    } catch {
      throw ServerStartError(error)
    }
    do throws(OperationClash) {
      openAPI = try OpenAPIDocument(
        title: "Everruns", apiVersion: StatusRoutes.version,
        needsKey: assembly.accessMode != "none", routes: table.routes
      ).json
    } catch {
      throw ServerStartError(error)
    }
    contents.value = openAPI.prettyJSON + "\n"
    self.services = services
    logger = builder.logger
    address = configuration.address
    listeners = builder.listeners
    additions = builder.services
    seeding = SeedingService(
      platform: platform, location: configuration.store, kinds: kinds,
      status: services.seeding, logger: builder.logger, now: builder.now)
    let onListening = builder.onListening
    application = Application(
      router: assembly.router(table), server: .http1(configuration: Self.channel),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.address.host, port: configuration.address.port),
        serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(
          Self.maximumConnections, logger: builder.logger)),
      onServerRunning: { [address] channel in
        onListening(
          ServerAddress(
            host: address.host, port: channel.localAddress?.port ?? address.port))
      },
      logger: builder.logger)
  }

  /// Serves until it is asked to end.
  ///
  /// Streams end and requests finish before the store is closed, within at most 30 seconds.
  ///
  /// - Throws: ``ServerStartError`` if the address cannot be listened at; another error if the
  ///   store cannot be used and waiting would not change that.
  public func run() async throws {
    let start = try await openStore()
    let deliveries = listeners.map { listener in
      EventListenerService(listener: listener, runs: services.runs, start: start, logger: logger)
    }
    // The last one ends first: what others use ends after them.
    var configuration = ServiceGroupConfiguration(
      services: [
        StoreService(services: services),
        ServedDefinitionService(services: services, logger: logger),
      ] + additions + deliveries + [
        seeding, ListeningService(application: application, address: address),
      ],
      logger: logger)
    configuration.maximumGracefulShutdownDuration = shutdownLimit
    try await ServiceGroup(configuration: configuration).run()
  }

  /// Checks the store, and throws if it can never be used.
  ///
  /// - Returns: The position of the latest event; `nil` if the store cannot be read yet.
  private func openStore() async throws -> Int? {
    do {
      try await services.administration.open()
      return try? await services.runs.opened().lastEventPosition()
    } catch let error as StoreError where error.mayPass {
      logger.warning("The store cannot be used yet", metadata: ["error": .string(error.message)])
      return nil
    }
  }

  /// The maximum number of concurrent connections.
  private static let maximumConnections = 10_000

  /// Limits of a connection: requests that never end, and headers.
  private static var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [MalformedRequestHandler()],
      idleTimeout: .seconds(75),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: ServerRequestContext.maximumHeaderSize,
        maxHeaderListSize: ServerRequestContext.maximumHeaderSize))
  }
}

/// Closes the store when everything that uses it has ended.
private struct StoreService: Service {
  let services: ServerServices

  func run() async throws {
    try? await gracefulShutdown()
    await services.runs.close()
    await services.administration.close()
  }
}

/// The part of the server that listens.
private struct ListeningService: Service {
  let application: Application<RouterResponder<ServerRequestContext>>
  let address: ServerAddress

  func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw ServerStartError(error, at: address)
    }
  }
}

extension StoreError {
  /// Whether opening the store may succeed later.
  fileprivate var mayPass: Bool {
    switch code {
    case .busy, .inputOutput, .interrupted: true
    default: false
    }
  }
}
