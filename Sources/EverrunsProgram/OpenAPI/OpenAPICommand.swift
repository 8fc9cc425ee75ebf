import CommandLineTree
import EverrunsDocuments
import EverrunsServer
import EverrunsStore

/// `openapi`.
enum OpenAPICommand {
  static let command = Command<ProgramAction>(
    "openapi", summary: "Print the OpenAPI document of the stock server",
    discussion: """
      It is what the server answers at /api-doc/openapi.json, byte for byte, with the same settings. \
      No store is opened.
      """,
    examples: [Example("Keep it beside a client", "everruns openapi > openapi.json")],
    exitCodes: [0, 64, 70, 74],
    action: ProgramAction { _, context in
      var environment = context.environment
      // Settings name a store, and nothing is asked of it here.
      environment[StoreLocation.variable] = "unused.db"
      let builder = ServerAppBuilder(try ServerConfiguration(environment: environment))
      try context.output(builder.openAPIDocument().prettyJSON + "\n")
    })
}
