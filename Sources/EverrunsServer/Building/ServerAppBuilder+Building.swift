public import EverrunsDocuments
import EverrunsStore
import ServiceLifecycle
import UnixSignals

extension ServerAppBuilder {
  /// Builds the server, to run in a service group of your own.
  ///
  /// - Throws: ``ServerStartError`` for invalid settings, an invalid definition, modules that need
  ///   others, and routes that clash; another error if the environment names no store and no home
  ///   folder.
  public func build() throws -> Server {
    try Server(ServerAssembly(self))
  }

  /// Builds the server and serves until the process is asked to end, by SIGTERM or SIGINT.
  ///
  /// It ends the process if the server cannot start: it writes the reason to standard error and
  /// exits with the same code as the tool. Use
  /// ``build()`` to handle the error yourself.
  ///
  /// - Throws: The error of an added service.
  public func run() async throws {
    do {
      let server = try build()
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
      try await group.run()
    } catch let error as any ReportableError {
      error.endProcess()
    }
  }

  /// The OpenAPI document of the server, without opening the store or listening.
  ///
  /// - Throws: As ``build()``.
  public func openAPIDocument() throws -> JSONValue {
    try build().openAPI
  }
}
