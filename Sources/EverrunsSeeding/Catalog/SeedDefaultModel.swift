import EverrunsDocuments

/// The model that becomes the default of the organization.
public struct SeedDefaultModel: Sendable, Hashable {
  /// The id of the model's row.
  public var id: String
  /// The name the provider knows the model by.
  public var modelID: String
  /// The id of the provider's row.
  public var providerID: String

  /// A default model from its parts.
  public init(id: String, modelID: String, providerID: String) {
    self.id = id
    self.modelID = modelID
    self.providerID = providerID
  }

  static let coding = ObjectCoding<SeedDefaultModel>(
    noun: "default model",
    blank: SeedDefaultModel(id: "", modelID: "", providerID: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid)),
      .required("model_id", \.modelID, .text),
      .required("provider_id", \.providerID, .identifier(.uuid)),
    ])
}
