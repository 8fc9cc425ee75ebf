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
      .required("id", \.id, .identifier(.uuid)),
      .required("provider_id", \.providerID, .identifier(.uuid)),
      .required("model_id", \.modelID, .text),
      .required("display_name", \.displayName, .text),
      .defaulted("installed", \.isInstalled, .bool),
      .defaulted("is_favorite", \.isFavorite, .bool),
      .defaulted("source", \.source, .text),
    ])
}
