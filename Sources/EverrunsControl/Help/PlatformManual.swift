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
    A platform definition as a document: what an Everruns platform is composed of. It is JSON, or \
    YAML with the same keys. An unknown key is an error, and so is one that is there twice. Keys \
    that need not be there have the defaults of the platform.
    """

  private static let closing = """
    An entry of the capabilities of a harness is an object with the keys ref and config, or the \
    reference alone as a string. A reference is the id of a capability, or mcp: with the id of an \
    MCP server of the organization. Numbers in a config keep their value exactly as written.
    """

  private var objects: [ManualBlock] {
    PlatformDefinition.documentOutline.flatMap { outline -> [ManualBlock] in
      [
        .heading("Keys of a \(outline.noun)"),
        .terms(
          outline.keys.map { key in
            let meaning = Self.meaning(of: key.name, in: outline.noun) ?? ""
            return ManualTerm(
              .literal(key.name), meaning + "." + (key.isRequired ? " It must be there." : ""))
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
    case (_, "id"): "The identifier, which is unique in its registry"
    case ("form field", "name"): "The key under which the text is sent"
    case ("harness", "name"): "The name, which is unique among the templates"
    case (_, "name"), (_, "display_name"): "What people see"
    case (_, "description"): "What it is for"
    case (_, "status"): "One of \(values(of: CapabilityStatus.self))"
    case (_, "category"): "The group in which it is shown"
    case (_, "icon"): "The name of an icon"
    case (_, "risk_level"): "What it could do, one of \(values(of: RiskLevel.self))"
    case (_, "dependencies"): "The ids of capabilities that it needs"
    case (_, "features"): "The features that it brings to the user interface"
    case (_, "tools"): "The tools that it gives to an agent"
    case (_, "experimental"): "Whether presets have it only at the grade dev"
    case (_, "provider_type"): "The kind of LLM provider that it speaks to"
    case (_, "requires_api_key"): "Whether a provider of this kind needs a key"
    case (_, "default_base_url"): "The address that is used where a provider has none, or null"
    case (_, "connection_type"):
      "How an account is connected, one of \(values(of: ConnectionType.self))"
    case (_, "form_schema"): "The form that asks for a key, or null"
    case (_, "fields"): "The fields of the form"
    case (_, "instructions_markdown"): "What to tell the user, as Markdown"
    case (_, "label"): "What stands beside the field"
    case (_, "field_type"): "What it takes, one of \(values(of: FormField.FieldType.self))"
    case (_, "required"): "Whether it must be filled in"
    case (_, "placeholder"): "An example that stands in the empty field, or null"
    case (_, "help_text"): "A sentence of help, or null"
    case (_, "system_prompt"): "What the model is told first"
    case (_, "parent"): "The name of the template that it builds on, or null"
    case (_, "tags"): "Words to find it by"
    case (_, "roles"): "The parts that it plays: any of \(values(of: HarnessRole.self))"
    case ("harness", "capabilities"): "The capabilities that it gives, in order"
    case (_, "previous_names"): "The names that it had before, the latest first"
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
