import CommandLineTree
import EverrunsStore
import EverrunsWorker

/// `work`.
enum WorkCommand {
  static let command = Command<ProgramAction>(
    "work", summary: "Run the turns of sessions",
    discussion: """
      When the worker begins to claim turns, it writes 'worker WORKER_ID is ready' to standard \
      error. After SIGTERM or SIGINT it claims no more turns and has DRAIN_TIMEOUT to finish its \
      own; after a second signal it releases them at once. Any number of workers may share a store.
      """,
    options: ProgramOptions.ofDefinition,
    examples: [
      Example("Run turns of the store in use", "everruns work"),
      Example(
        "Run turns with a saved definition", "everruns work --store store.db --platform acme"),
    ],
    environment: WorkerSettings.terms,
    exitCodes: ProgramOptions.exitCodesOfRunning,
    action: ProgramAction { arguments, context in
      let environment = ProgramOptions.environment(arguments, context)
      let configuration = try WorkerConfiguration(environment: environment)
      let platform = try context.platform(
        arguments[ProgramOptions.platform], store: configuration.store)
      try await WorkerAppBuilder(configuration)
        .platformDefinition(platform.definition)
        .onReady { context.errorOutput("worker \($0) is ready\n") }
        .run()
    })
}
