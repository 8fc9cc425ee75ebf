import EverrunsDocuments

/// An LLM provider of the default organization.
///
/// Credentials are never in a catalog.
public struct SeedLLMProvider: Sendable, Hashable {
  /// The row's id.
  public var id: String
  /// The display name, unique in the organization.
  public var name: String
  /// The provider type: the identifier of the driver that talks to it.
  public var providerType: String
  /// The base URL of requests; `nil` for the driver's default.
  public var baseURL: String?

  /// Creates a provider.
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
      .required("id", \.id, .identifier(.uuid), "The id of the row"),
      .required("name", \.name, .text, "The name, unique among the providers"),
      .required(
        "provider_type", \.providerType, .identifier(.component),
        "The type: the driver that talks to it"),
      .defaulted(
        "base_url", \.baseURL, .orNull(.text),
        "The base URL of requests, or null for the driver's default"),
      .credential("api_key"),
    ])
}
