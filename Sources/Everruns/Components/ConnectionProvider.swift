package import EverrunsDocuments

/// Lets a user connect an account they have elsewhere.
public protocol ConnectionProvider: Sendable {
  /// The identifier, such as `github`.
  var id: String { get }
  /// The name people see.
  var displayName: String { get }
  /// What is connected, in a sentence.
  var description: String { get }
  /// The name of its icon, if any.
  var icon: String? { get }
  /// How the user gives access.
  var connectionType: ConnectionType { get }
  /// What the user is asked for; `nil` where nothing is, as with OAuth.
  var formSchema: ConnectionFormSchema? { get }
  /// Whether it is offered only in grades that admit experiments.
  var isExperimental: Bool { get }
}

extension ConnectionProvider {
  /// What is connected, in a sentence.
  public var description: String { "" }
  /// The name of its icon, if any.
  public var icon: String? { nil }
  /// How the user gives access.
  public var connectionType: ConnectionType { .apiKey }
  /// What the user is asked for; `nil` where nothing is, as with OAuth.
  public var formSchema: ConnectionFormSchema? { nil }
  /// Whether it is offered only in grades that admit experiments.
  public var isExperimental: Bool { false }
}

/// How a user gives access to an account.
public enum ConnectionType: String, CaseIterable, Sendable {
  /// By signing in at the other side.
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

  /// A form from its parts.
  public init(fields: [FormField], instructionsMarkdown: String = "") {
    self.fields = fields
    self.instructionsMarkdown = instructionsMarkdown
  }

  static let coding = ObjectCoding<ConnectionFormSchema>(
    noun: "form schema",
    blank: ConnectionFormSchema(fields: []),
    fields: [
      .defaulted("fields", \.fields, .list(FormField.coding.value)),
      .defaulted("instructions_markdown", \.instructionsMarkdown, .text),
    ])
}

/// One field of a form.
public struct FormField: Sendable, Hashable {
  /// What kind of text a field takes.
  public enum FieldType: String, CaseIterable, Sendable {
    /// A secret, not shown while it is typed.
    case password
    /// Plain text.
    case text
    /// An address.
    case url
  }

  /// The key under which the text is sent.
  public var name: String
  /// What stands beside the field.
  public var label: String
  /// What kind of text it takes.
  public var fieldType: FieldType
  /// Whether it must be filled in.
  public var isRequired: Bool
  /// An example shown in the empty field.
  public var placeholder: String?
  /// A sentence of help.
  public var helpText: String?

  /// A field from its parts.
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
      .required("name", \.name, .text),
      .defaulted("label", \.label, .text),
      .defaulted("field_type", \.fieldType, .choice()),
      .defaulted("required", \.isRequired, .bool),
      .defaulted("placeholder", \.placeholder, .orNull(.text)),
      .defaulted("help_text", \.helpText, .orNull(.text)),
    ])
}

/// A connection provider that is nothing but its data.
public struct ConnectionProviderDescriptor: ConnectionProvider, Hashable {
  /// The identifier, such as `github`.
  public var id: String
  /// The name people see.
  public var displayName: String
  /// What is connected, in a sentence.
  public var description: String
  /// The name of its icon, if any.
  public var icon: String?
  /// How the user gives access.
  public var connectionType: ConnectionType
  /// What the user is asked for; `nil` where nothing is, as with OAuth.
  public var formSchema: ConnectionFormSchema?
  /// Whether it is offered only in grades that admit experiments.
  public var isExperimental: Bool

  /// A provider from its parts; what is left out has the defaults of ``ConnectionProvider``.
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
  /// What one component is called in messages.
  public static let noun = "provider"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any ConnectionProvider) -> String { component.id }
  /// The component that is only this data: the descriptor itself.
  public var component: any ConnectionProvider { self }

  package static let documentKey = "connection_providers"
  package static let identifierKey = "id"
  package static let identifierGrammar = IdentifierGrammar.component
  package static let coding = ObjectCoding<ConnectionProviderDescriptor>(
    noun: noun,
    blank: ConnectionProviderDescriptor(id: "", displayName: ""),
    fields: [
      .required("id", \.id, .identifier(.component)),
      .required("display_name", \.displayName, .text),
      .defaulted("description", \.description, .text),
      .defaulted("icon", \.icon, .orNull(.text)),
      .defaulted("connection_type", \.connectionType, .choice()),
      .defaulted("form_schema", \.formSchema, .orNull(ConnectionFormSchema.coding.value)),
      .defaulted("experimental", \.isExperimental, .bool),
    ],
    condition: DocumentSchema.Condition(
      key: "connection_type", value: ConnectionType.oauth.rawValue, absent: "form_schema"))
}

/// The connection providers of a platform, in order.
public typealias ConnectionProviderRegistry = Registry<ConnectionProviderDescriptor>
