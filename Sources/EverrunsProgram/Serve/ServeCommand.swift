import CommandLineTree
import EverrunsServer
import EverrunsStore
import EverrunsWorker
import Logging
import ServiceLifecycle
import UnixSignals

/// `serve`.
enum ServeCommand {
  private static let address = Option.optional(
    "addr", .serverAddress, valueName: "HOST:PORT", summary: "Where to listen; port 0 picks one",
    environment: [.substitute(ServerSettings.address.name, summary: "Where to listen, as --addr")],
    absence: ServerAddress.standard.description)

  private static let withWorker = Option.flag(
    "with-worker", summary: "Also run turns in this process")

  static let command = Command<ProgramAction>(
    "serve", summary: "Serve the HTTP API",
    discussion: """
      When the server listens, it writes 'listening on http://HOST:PORT' to standard error. It \
      seeds the store like 'everrunsctl seed apply', and retries until it succeeds; from then on \
      /ready returns 200. After SIGTERM or SIGINT, streams end and requests have 30 seconds to \
      finish.
      """,
    options: [address, withWorker] + ProgramOptions.ofDefinition,
    examples: [
      Example("Serve the definition in use on this machine", "everruns serve"),
      Example("A whole platform in one process", "everruns serve --with-worker --store store.db"),
    ],
    environment: ServerSettings.terms,
    exitCodes: ProgramOptions.exitCodesOfRunning,
    action: ProgramAction { arguments, context in
      var environment = ProgramOptions.environment(arguments, context)
      if let address = arguments[address] {
        environment[ServerSettings.address.name] = address.description
      }
      let configuration = try ServerConfiguration(environment: environment)
      let platform = try context.platform(
        arguments[ProgramOptions.platform], store: configuration.store)
      var services: [any Service] = []
      if arguments[withWorker] {
        services.append(
          try WorkerAppBuilder(try WorkerConfiguration(environment: environment))
            .platformDefinition(platform.definition)
            .onReady { context.errorOutput("worker \($0) is ready\n") }
            .build())
      }
      // Services end in reverse order: streams end before the worker's turns do.
      services.append(
        try ServerAppBuilder(configuration)
          .platformDefinition(platform.definition, named: platform.reference)
          .onListening { context.errorOutput("listening on http://\($0)\n") }
          .build())
      try await ServiceGroup(
        configuration: ServiceGroupConfiguration(
          services: services, gracefulShutdownSignals: [.sigterm, .sigint],
          logger: Logger(label: "everruns"))
      ).run()
    })
}
