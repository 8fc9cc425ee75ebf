package import EverrunsDocuments

/// A service through which users can connect an outside account.
public protocol ConnectionProvider: Sendable {
  /// The identifier, such as `github`.
  var id: String { get }
  /// The display name.
  var displayName: String { get }
  /// A description, one sentence.
  var description: String { get }
  /// The name of its icon; `nil` for none.
  var icon: String? { get }
  /// How the user grants access.
  var connectionType: ConnectionType { get }
  /// The form for the user; `nil` if there is none, as with OAuth.
  var formSchema: ConnectionFormSchema? { get }
  /// Whether it is only offered at grades that allow experiments.
  var isExperimental: Bool { get }
}

extension ConnectionProvider {
  /// A description, one sentence.
  public var description: String { "" }
  /// The name of its icon; `nil` for none.
  public var icon: String? { nil }
  /// How the user grants access.
  public var connectionType: ConnectionType { .apiKey }
  /// The form for the user; `nil` if there is none, as with OAuth.
  public var formSchema: ConnectionFormSchema? { nil }
  /// Whether it is only offered at grades that allow experiments.
  public var isExperimental: Bool { false }
}

/// How a user grants access to an account.
public enum ConnectionType: String, CaseIterable, Sendable {
  /// By signing in to the service.
  case oauth
  /// By entering a key into a form.
  case apiKey = "api_key"
}

/// The form in which a user enters a key.
public struct ConnectionFormSchema: Sendable, Hashable {
  /// The fields, in order.
  public var fields: [FormField]
  /// How to get the key, as Markdown.
  public var instructionsMarkdown: String

  /// Creates a form.
  public init(fields: [FormField], instructionsMarkdown: String = "") {
    self.fields = fields
    self.instructionsMarkdown = instructionsMarkdown
  }

  static let coding = ObjectCoding<ConnectionFormSchema>(
    noun: "form schema",
    blank: ConnectionFormSchema(fields: []),
    fields: [
      .defaulted("fields", \.fields, .list(FormField.coding.value), "The fields of the form"),
      .defaulted(
        "instructions_markdown", \.instructionsMarkdown, .text,
        "Instructions for the user, in Markdown"),
    ])
}

/// One field of a form.
public struct FormField: Sendable, Hashable {
  /// The kind of text in a field.
  public enum FieldType: String, CaseIterable, Sendable {
    /// A secret, hidden while it is typed.
    case password
    /// Plain text.
    case text
    /// A URL.
    case url
  }

  /// The key under which the text is sent.
  public var name: String
  /// The label.
  public var label: String
  /// The kind of text.
  public var fieldType: FieldType
  /// Whether it is required.
  public var isRequired: Bool
  /// The placeholder, an example.
  public var placeholder: String?
  /// A help text, one sentence.
  public var helpText: String?

  /// Creates a field.
  public init(
    name: String, label: String, fieldType: FieldType = .text, isRequired: Bool = false,
    placeholder: String? = nil, helpText: String? = nil
  ) {
    self.name = name
    self.label = label
    self.fieldType = fieldType
    self.isRequired = isRequired
    self.placeholder = placeholder
    self.helpText = helpText
  }

  static let coding = ObjectCoding<FormField>(
    noun: "form field",
    blank: FormField(name: "", label: ""),
    fields: [
      .required("name", \.name, .text, "The key of the value that is sent"),
      .defaulted("label", \.label, .text, "The label of the field"),
      .defaulted("field_type", \.fieldType, .choice(), "The type of the field"),
      .defaulted("required", \.isRequired, .bool, "Whether the field must be filled in"),
      .defaulted(
        "placeholder", \.placeholder, .orNull(.text), "The placeholder of the empty field, or null"),
      .defaulted("help_text", \.helpText, .orNull(.text), "A help text, or null"),
    ])
}

/// A connection provider that consists only of its data.
public struct ConnectionProviderDescriptor: ConnectionProvider, Hashable {
  /// The identifier, such as `github`.
  public var id: String
  /// The display name.
  public var displayName: String
  /// A description, one sentence.
  public var description: String
  /// The name of its icon; `nil` for none.
  public var icon: String?
  /// How the user grants access.
  public var connectionType: ConnectionType
  /// The form for the user; `nil` if there is none, as with OAuth.
  public var formSchema: ConnectionFormSchema?
  /// Whether it is only offered at grades that allow experiments.
  public var isExperimental: Bool

  /// Creates a provider; the defaults are those of ``ConnectionProvider``.
  public init(
    id: String, displayName: String, description: String = "", icon: String? = nil,
    connectionType: ConnectionType = .apiKey, formSchema: ConnectionFormSchema? = nil,
    isExperimental: Bool = false
  ) {
    self.id = id
    self.displayName = displayName
    self.description = description
    self.icon = icon
    self.connectionType = connectionType
    self.formSchema = formSchema
    self.isExperimental = isExperimental
  }

  /// The plain data of any connection provider.
  public init(_ provider: any ConnectionProvider) {
    self.init(
      id: provider.id, displayName: provider.displayName, description: provider.description,
      icon: provider.icon, connectionType: provider.connectionType,
      formSchema: provider.formSchema, isExperimental: provider.isExperimental)
  }
}

extension ConnectionProviderDescriptor: DocumentedComponent {
  /// The noun for messages.
  public static let noun = "provider"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any ConnectionProvider) -> String { component.id }
  /// The descriptor itself, as a component.
  public var component: any ConnectionProvider { self }

  package static let documentKey = "connection_providers"
  package static let identifierKey = "id"
  package static let identifierGrammar = IdentifierGrammar.component
  package static let coding = ObjectCoding<ConnectionProviderDescriptor>(
    noun: noun,
    blank: ConnectionProviderDescriptor(id: "", displayName: ""),
    fields: [
      .required("id", \.id, .identifier(.component), "The identifier, unique in its registry"),
      .required("display_name", \.displayName, .text, "The name that users see"),
      .defaulted("description", \.description, .text, "A description for users"),
      .defaulted("icon", \.icon, .orNull(.text), "The name of an icon"),
      .defaulted("connection_type", \.connectionType, .choice(), "How an account is connected"),
      .defaulted(
        "form_schema", \.formSchema, .orNull(ConnectionFormSchema.coding.value),
        "The form that asks for the API key, or null"),
      .defaulted(
        "experimental", \.isExperimental, .bool, "Whether presets include it only at grade dev"),
    ],
    condition: DocumentSchema.Condition(
      key: "connection_type", value: ConnectionType.oauth.rawValue, absent: "form_schema"))
}

/// The connection providers of a platform, in order.
public typealias ConnectionProviderRegistry = Registry<ConnectionProviderDescriptor>
