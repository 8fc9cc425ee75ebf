package import EverrunsDocuments

/// A driver for one type of LLM provider.
public protocol Driver: Sendable {
  /// The provider type, such as `openai`; it identifies the driver.
  var providerType: String { get }
  /// The display name.
  var displayName: String { get }
  /// A description, one sentence.
  var description: String { get }
  /// Whether a provider of this type needs an API key.
  var requiresAPIKey: Bool { get }
  /// The default base URL.
  var defaultBaseURL: String? { get }
}

extension Driver {
  /// A description, one sentence.
  public var description: String { "" }
  /// Whether a provider of this type needs an API key.
  public var requiresAPIKey: Bool { false }
  /// The default base URL.
  public var defaultBaseURL: String? { nil }
}

/// A driver that consists only of its data.
public struct DriverDescriptor: Driver, Hashable {
  /// The provider type, such as `openai`; it identifies the driver.
  public var providerType: String
  /// The display name.
  public var displayName: String
  /// A description, one sentence.
  public var description: String
  /// Whether a provider of this type needs an API key.
  public var requiresAPIKey: Bool
  /// The default base URL.
  public var defaultBaseURL: String?

  /// Creates a driver; the defaults are those of ``Driver``.
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
  /// The noun for messages.
  public static let noun = "driver"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any Driver) -> String { component.providerType }
  /// The descriptor itself, as a component.
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
      .required(
        "provider_type", \.providerType, .identifier(.component),
        "The type of LLM provider that it supports"),
      .required("display_name", \.displayName, .text, "The name that users see"),
      .defaulted("description", \.description, .text, "A description for users"),
      .defaulted(
        "requires_api_key", \.requiresAPIKey, .bool,
        "Whether providers of this type need an API key"),
      .defaulted(
        "default_base_url", \.defaultBaseURL, .orNull(.text),
        "The base URL of providers that have none of their own, or null"),
    ])
}

/// The LLM drivers of a platform, in order.
public typealias DriverRegistry = Registry<DriverDescriptor>
