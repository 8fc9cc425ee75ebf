import EverrunsDocuments

/// A model of a seeded LLM provider.
public struct SeedLLMModel: Sendable, Hashable {
  /// The row's id.
  public var id: String
  /// The id of the provider's row.
  public var providerID: String
  /// The provider's name for the model.
  public var modelID: String
  /// The display name.
  public var displayName: String
  /// Whether users can pick it.
  public var isInstalled: Bool
  /// Whether it is listed first.
  public var isFavorite: Bool
  /// The source of the entry.
  public var source: String

  /// Creates a model.
  public init(
    id: String, providerID: String, modelID: String, displayName: String,
    isInstalled: Bool = false, isFavorite: Bool = false, source: String = "predefined"
  ) {
    self.id = id
    self.providerID = providerID
    self.modelID = modelID
    self.displayName = displayName
    self.isInstalled = isInstalled
    self.isFavorite = isFavorite
    self.source = source
  }

  static let coding = ObjectCoding<SeedLLMModel>(
    noun: "LLM model",
    blank: SeedLLMModel(id: "", providerID: "", modelID: "", displayName: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid), "The id of the row"),
      .required("provider_id", \.providerID, .identifier(.uuid), "The id of its provider"),
      .required("model_id", \.modelID, .text, "The provider's name for the model"),
      .required("display_name", \.displayName, .text, "The name that users see"),
      .defaulted("installed", \.isInstalled, .bool, "Whether users can pick it"),
      .defaulted("is_favorite", \.isFavorite, .bool, "Whether it is listed first"),
      .defaulted("source", \.source, .text, "The source of the entry"),
    ])
}
