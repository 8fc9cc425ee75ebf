import CommandLineTree
import Everruns
import EverrunsDocuments

/// The manual page of the platform document.
struct PlatformManual {
  let program: String
  /// The program and its version.
  let source: String
  /// The date of the manual.
  let date: String
  let reference: ManualReference

  var page: ManualPage {
    ManualPage(
      name: reference.name, section: reference.section, summary: "The platform document",
      date: date, source: source,
      parts: [
        .init("DESCRIPTION", [.text(Self.introduction)] + objects + [.text(Self.closing)]),
        .init(
          "EXAMPLES",
          [.text("A platform of one capability, one driver and one harness:"), .literal(example)]),
        .init(
          "SEE ALSO", [.references([.init(program, 1), .init("\(program)-platform", 1)])]),
        .init("STANDARDS", [.text("RFC 8259 (JSON), YAML 1.2.")]),
      ])
  }

  private static let introduction = """
    A platform document describes an Everruns platform: its capabilities, drivers, connection \
    providers and built-in harness templates. It is JSON, or YAML with the same keys. Unknown and \
    duplicate keys are errors. Keys are optional, with the default given, unless marked required.
    """

  private static let closing = """
    A capability of a harness is an object with the keys ref and config, or just the reference as a \
    string. A reference is the id of a capability, or mcp: followed by the id of an MCP server of \
    the organization. Numbers in a config keep exactly the value that was written.
    """

  private var objects: [ManualBlock] {
    PlatformDefinition.documentOutline.flatMap { outline -> [ManualBlock] in
      [
        .heading("Keys of a \(outline.noun)"),
        .terms(
          outline.keys.map { key in
            let meaning = Self.meaning(of: key.name, in: outline.noun) ?? ""
            let presence = key.defaultValue.map { " Default: \($0.inManual)." } ?? " Required."
            return ManualTerm(.literal(key.name), meaning + "." + presence)
          }),
      ]
    }
  }

  private var example: String {
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
    return YAMLWriter.write(platform.document)
  }

  /// The meaning of a key, as half a sentence; `nil` if it is not documented yet.
  static func meaning(of key: String, in noun: String) -> String? {
    switch (noun, key) {
    case (_, "format"): "The version of the format, everruns.platform/v1"
    case ("platform definition", "capabilities"): "The capability registry, in order"
    case (_, "drivers"): "The LLM driver registry, in order"
    case (_, "connection_providers"): "The connection-provider registry, in order"
    case (_, "built_in_harnesses"): "The built-in harness templates, in order"
    case (_, "id"): "The identifier, unique in its registry"
    case ("form field", "name"): "The key of the value that is sent"
    case ("harness", "name"): "The name, unique among the templates"
    case (_, "name"), (_, "display_name"): "The name that users see"
    case (_, "description"): "A description for users"
    case (_, "status"): "One of \(values(of: CapabilityStatus.self))"
    case (_, "category"): "The group that it is listed in"
    case (_, "icon"): "The name of an icon"
    case (_, "risk_level"): "The risk level, one of \(values(of: RiskLevel.self))"
    case (_, "dependencies"): "The ids of the capabilities that it depends on"
    case (_, "features"): "The user-interface features that it enables"
    case (_, "tools"): "The tools that it gives to agents"
    case (_, "experimental"): "Whether presets include it only at grade dev"
    case (_, "provider_type"): "The type of LLM provider that it supports"
    case (_, "requires_api_key"): "Whether providers of this type need an API key"
    case (_, "default_base_url"): "The base URL of providers that have none of their own, or null"
    case (_, "connection_type"):
      "How an account is connected, one of \(values(of: ConnectionType.self))"
    case (_, "form_schema"): "The form that asks for the API key, or null"
    case (_, "fields"): "The fields of the form"
    case (_, "instructions_markdown"): "Instructions for the user, in Markdown"
    case (_, "label"): "The label of the field"
    case (_, "field_type"): "The type of the field, one of \(values(of: FormField.FieldType.self))"
    case (_, "required"): "Whether the field must be filled in"
    case (_, "placeholder"): "The placeholder of the empty field, or null"
    case (_, "help_text"): "A help text, or null"
    case (_, "system_prompt"): "The system prompt"
    case (_, "parent"): "The name of the template that it inherits from, or null"
    case (_, "tags"): "Tags"
    case (_, "roles"): "Its roles: any of \(values(of: HarnessRole.self))"
    case ("harness", "capabilities"): "The capabilities of the harness, in order"
    case (_, "previous_names"): "Its earlier names, latest first"
    case (_, "seed_id"): "The id of its row in the default organization, a UUID, or null"
    default: nil
    }
  }

  private static func values<Value: CaseIterable & RawRepresentable>(
    of type: Value.Type
  ) -> String where Value.RawValue == String {
    Value.allCases.map(\.rawValue).joined(separator: ", ")
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
