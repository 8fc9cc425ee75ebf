package import EverrunsDocuments

/// Speaks to one kind of LLM provider.
public protocol Driver: Sendable {
  /// The kind of provider it speaks to, such as `openai`; the driver's identifier.
  var providerType: String { get }
  /// The name people see.
  var displayName: String { get }
  /// What it speaks to, in a sentence.
  var description: String { get }
  /// Whether a provider of this kind needs an API key.
  var requiresAPIKey: Bool { get }
  /// Where requests go unless a provider says otherwise.
  var defaultBaseURL: String? { get }
}

extension Driver {
  /// What it speaks to, in a sentence.
  public var description: String { "" }
  /// Whether a provider of this kind needs an API key.
  public var requiresAPIKey: Bool { false }
  /// Where requests go unless a provider says otherwise.
  public var defaultBaseURL: String? { nil }
}

/// A driver that is nothing but its data.
public struct DriverDescriptor: Driver, Hashable {
  /// The kind of provider it speaks to, such as `openai`; the driver's identifier.
  public var providerType: String
  /// The name people see.
  public var displayName: String
  /// What it speaks to, in a sentence.
  public var description: String
  /// Whether a provider of this kind needs an API key.
  public var requiresAPIKey: Bool
  /// Where requests go unless a provider says otherwise.
  public var defaultBaseURL: String?

  /// A driver from its parts; what is left out has the defaults of ``Driver``.
  public init(
    providerType: String, displayName: String, description: String = "",
    requiresAPIKey: Bool = false, defaultBaseURL: String? = nil
  ) {
    self.providerType = providerType
    self.displayName = displayName
    self.description = description
    self.requiresAPIKey = requiresAPIKey
    self.defaultBaseURL = defaultBaseURL
  }

  /// The plain data of any driver.
  public init(_ driver: any Driver) {
    self.init(
      providerType: driver.providerType, displayName: driver.displayName,
      description: driver.description, requiresAPIKey: driver.requiresAPIKey,
      defaultBaseURL: driver.defaultBaseURL)
  }
}

extension DriverDescriptor: DocumentedComponent {
  /// What one component is called in messages.
  public static let noun = "driver"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any Driver) -> String { component.providerType }
  /// The component that is only this data: the descriptor itself.
  public var component: any Driver { self }
  /// Always `false`: drivers have no experimental stage.
  public var isExperimental: Bool { false }

  package static let documentKey = "drivers"
  package static let identifierKey = "provider_type"
  package static let identifierGrammar = IdentifierGrammar.component
  package static let coding = ObjectCoding<DriverDescriptor>(
    noun: noun,
    blank: DriverDescriptor(providerType: "", displayName: ""),
    fields: [
      .required("provider_type", \.providerType, .identifier(.component)),
      .required("display_name", \.displayName, .text),
      .defaulted("description", \.description, .text),
      .defaulted("requires_api_key", \.requiresAPIKey, .bool),
      .defaulted("default_base_url", \.defaultBaseURL, .orNull(.text)),
    ])
}

/// The LLM drivers of a platform, in order.
public typealias DriverRegistry = Registry<DriverDescriptor>
