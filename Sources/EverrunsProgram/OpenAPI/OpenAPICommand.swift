import CommandLineTree
import EverrunsDocuments
import EverrunsServer
import EverrunsStore

/// `openapi`.
enum OpenAPICommand {
  static let command = Command<ProgramAction>(
    "openapi", summary: "Print the OpenAPI document of the stock server",
    discussion: """
      The same bytes as /api-doc/openapi.json of a server with these settings. No store is opened.
      """,
    examples: [Example("Save the document for a client", "everruns openapi > openapi.json")],
    exitCodes: [0, 64, 70, 74],
    action: ProgramAction { _, context in
      var environment = context.environment
      // The settings name a store, which is not opened here.
      environment[StoreLocation.variable] = "unused.db"
      let builder = ServerAppBuilder(try ServerConfiguration(environment: environment))
      try context.output(builder.openAPIDocument().prettyJSON + "\n")
    })
}
