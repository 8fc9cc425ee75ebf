import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `seed catalog`.
enum SeedCatalogCommand {
  private static let schema = Option.flag(
    "schema", summary: "Print the JSON Schema of catalogs instead")

  static let command = Command<ControlAction>(
    "catalog", summary: "Show the seed catalog, or check one of your own",
    discussion: """
      The catalog defines the rows that seeding creates in the default organization besides built-in \
      harnesses. Rows that the platform or the grade excludes are included here. JSON and YAML are \
      the document; with --catalog, the given file after validation. -v adds the seed ids.
      """,
    options: [SeedingOptions.catalog, schema],
    exclusiveOptions: [[SeedingOptions.catalog, schema]],
    examples: [
      Example("Save the catalog to a file", "everrunsctl seed catalog -o yaml > catalog.yaml")
    ], input: .file
  ) { session in
    guard !session.arguments[schema] else {
      let schema = SeedCatalog.documentSchema
      try session.write(json: schema, text: schema.prettyJSON + "\n")
      return .success
    }
    let catalog = try session.seedCatalog().catalog
    try session.write(json: catalog.document, text: text(catalog, session))
    return .success
  }

  private static func text(_ catalog: SeedCatalog, _ session: Session) -> String {
    let style = session.style
    // The seed ids by which rows are known again.
    func id(_ id: String) -> String { session.isVerbose ? "  \(id)" : "" }
    let providers = Dictionary(
      catalog.llmProviders.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let sections: [(RecordKind, [String])] = [
      (.organization, ["\(catalog.organization.name)  \(catalog.organization.publicID)"]),
      (.user, catalog.users.map { ($0.email ?? $0.name) + id($0.id) }),
      (.llmProvider, catalog.llmProviders.map { "\($0.name)  \($0.providerType)\(id($0.id))" }),
      (
        .llmModel,
        catalog.llmModels.map { model in
          "\(providers[model.providerID] ?? model.providerID)/\(model.modelID)"
            + (model.id == catalog.defaultModel?.id ? "  (default)" : "") + id(model.id)
        }
      ),
      (.mcpServer, catalog.mcpServers.map { "\($0.name)  \($0.url)\(id($0.id))" }),
      (
        .agent,
        catalog.agents.map { agent in
          "\(agent.name)  \(agent.capabilities.map(\.ref).joined(separator: ", "))"
            + (agent.isDevOnly ? "  (dev only)" : "") + id(agent.id)
        }
      ),
    ]
    return sections.map { kind, lines in
      "\(style.heading(kind.rawValue))  \(lines.count)\n"
        + lines.map { "  \($0.escapingControls())\n" }.joined()
    }.joined(separator: "\n")
  }
}
