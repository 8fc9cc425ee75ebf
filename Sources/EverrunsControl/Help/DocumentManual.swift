import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Messages

/// The manual page of a document that people write.
struct DocumentManual {
  /// The name of the page, after that of the program.
  let name: String
  /// The subject of the page, in one line without a full stop.
  private let summary: String
  private let introduction: String
  private let closing: String
  /// The objects of the document.
  private let outline: [DocumentOutline]
  private let exampleSummary: String
  private let example: JSONValue

  /// The pages of all such documents.
  static let all = [platform, catalog]

  /// The page.
  ///
  /// - Parameters:
  ///   - program: The name of the program.
  ///   - source: The program and its version.
  ///   - date: The date of the manual.
  ///   - others: Other pages to list under "See also".
  /// - Returns: A page of section 5.
  func page(
    of program: String, source: String, date: String, others: [ManualReference]
  ) -> ManualPage {
    let reference = reference(of: program)
    return ManualPage(
      name: reference.name, section: reference.section, summary: summary, date: date,
      source: source,
      parts: [
        .init("DESCRIPTION", [.text(introduction)] + objects + [.text(closing)]),
        .init(
          "EXAMPLES", [.text(exampleSummary + ":"), .literal(YAMLWriter.write(example))]),
        .init("SEE ALSO", [.references(others.filter { $0 != reference })]),
        .init("STANDARDS", [.text("RFC 8259 (JSON), YAML 1.2.")]),
      ])
  }

  /// The name of the page.
  func reference(of program: String) -> ManualReference { ManualReference("\(program)-\(name)", 5) }

  private var objects: [ManualBlock] {
    outline.flatMap { object -> [ManualBlock] in
      [
        .heading("Keys of \(object.noun.withArticle)"),
        .terms(
          object.keys.map { key in
            let choices =
              key.choices.isEmpty ? "" : ": \(key.choices.joined(asListWith: "or"))"
            let presence = key.defaultValue.map { " Default: \($0.inManual)." } ?? " Required."
            return ManualTerm(.literal(key.name), key.summary + choices + "." + presence)
          }),
      ]
    }
  }

  // MARK: The documents

  private static let form = """
    It is JSON, or YAML with the same keys. Unknown and duplicate keys are errors. Keys are \
    optional, with the default given, unless marked required.
    """

  private static let capabilities = """
    A capability is an object with the keys ref and config, or just the reference as a string. A \
    reference is the id of a capability, or mcp: followed by the id of an MCP server of the \
    organization. Numbers in a config keep exactly the value that was written.
    """

  private static let platform = DocumentManual(
    name: "platform", summary: "The platform document",
    introduction: """
      A platform document describes an Everruns platform: its capabilities, drivers, connection \
      providers and built-in harness templates. \(form)
      """,
    closing: capabilities, outline: PlatformDefinition.documentOutline,
    exampleSummary: "A platform of one capability, one driver and one harness",
    example: examplePlatform.document)

  private static let catalog = DocumentManual(
    name: "catalog", summary: "The seed catalog",
    introduction: """
      A seed catalog lists the rows that seeding creates in the default organization, besides \
      built-in harnesses. \(form)
      """,
    closing: """
      The ids of rows are UUIDs; a row keeps its id whatever else changes. \(capabilities) Seeding \
      skips a provider without a driver, the models of such a provider, and an agent whose \
      capabilities or servers are missing.
      """,
    outline: SeedCatalog.documentOutline,
    exampleSummary: "A catalog of one provider with one model, and one agent",
    example: exampleCatalog.document)

  private static var examplePlatform: PlatformDefinition {
    var platform = PlatformDefinition.empty
    platform.capabilities.replace(
      CapabilityDescriptor(
        id: "current_time", name: "Current Time", category: "Utilities",
        tools: ["get_current_time"]))
    platform.drivers.replace(
      DriverDescriptor(
        providerType: "openai", displayName: "OpenAI",
        defaultBaseURL: "https://api.openai.com/v1"))
    platform.builtInHarnesses.append(
      BuiltInHarness(
        name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
        roles: [.base, .default, .chat], capabilities: ["current_time"]))
    return platform
  }

  private static var exampleCatalog: SeedCatalog {
    let provider = "01933b5a-0000-7000-8000-000000000101"
    let model = "01933b5a-0000-7000-8000-000000000201"
    return SeedCatalog(
      organization: SeedCatalog.stock.organization,
      llmProviders: [SeedLLMProvider(id: provider, name: "OpenAI", providerType: "openai")],
      llmModels: [
        SeedLLMModel(
          id: model, providerID: provider, modelID: "gpt-5", displayName: "GPT-5",
          isInstalled: true)
      ],
      defaultModel: SeedDefaultModel(id: model, modelID: "gpt-5", providerID: provider),
      agents: [
        SeedAgent(
          id: "01933b5a-0000-7000-8000-000000000301", name: "clock", displayName: "Clock",
          systemPrompt: "Tell the time.", capabilities: ["current_time"])
      ])
  }
}

extension JSONValue {
  /// The value as text of a manual page, where quotes would only distract.
  fileprivate var inManual: String {
    switch self {
    case .string(""), .array([]): "empty"
    case .string(let text): text
    default: canonicalJSON
    }
  }
}
