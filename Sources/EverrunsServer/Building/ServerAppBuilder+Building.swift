public import EverrunsDocuments
import EverrunsStore
import ServiceLifecycle
import UnixSignals

extension ServerAppBuilder {
  /// Builds the server, for those who have a service group of their own.
  ///
  /// - Throws: ``ServerStartError`` for invalid settings, an invalid definition, modules that need
  ///   others, and routes that clash; another error if the environment has no place for the store.
  public func build() throws -> Server {
    try Server(ServerAssembly(self))
  }

  /// Builds the server and serves until the process is asked to end, by SIGTERM or SIGINT.
  ///
  /// It is the whole run of a process: where the server cannot start, it reports why in a sentence on
  /// standard error, as the tool does, and ends the process with the tool's exit code. Use
  /// ``build()`` to handle the error yourself.
  ///
  /// - Throws: What a service that was added throws.
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

  /// The OpenAPI document of the server that would be built, without opening anything.
  ///
  /// - Throws: As ``build()``.
  public func openAPIDocument() throws -> JSONValue {
    try build().openAPI
  }
}
