import EverrunsDocuments

/// An LLM provider of the default organization.
///
/// Credentials are never part of a catalog.
public struct SeedLLMProvider: Sendable, Hashable {
  /// The row's id.
  public var id: String
  /// The name people see, unique in the organization.
  public var name: String
  /// The kind of provider: the identifier of the driver that speaks to it.
  public var providerType: String
  /// Where requests go, if not where the driver sends them by default.
  public var baseURL: String?

  /// A provider from its parts.
  public init(id: String, name: String, providerType: String, baseURL: String? = nil) {
    self.id = id
    self.name = name
    self.providerType = providerType
    self.baseURL = baseURL
  }

  static let coding = ObjectCoding<SeedLLMProvider>(
    noun: "LLM provider",
    blank: SeedLLMProvider(id: "", name: "", providerType: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid)),
      .required("name", \.name, .text),
      .required("provider_type", \.providerType, .identifier(.component)),
      .defaulted("base_url", \.baseURL, .orNull(.text)),
      .credential("api_key"),
    ])
}
