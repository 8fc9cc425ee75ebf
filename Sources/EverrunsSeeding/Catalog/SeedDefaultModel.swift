import EverrunsDocuments

/// The default model of the organization.
public struct SeedDefaultModel: Sendable, Hashable {
  /// The id of the model's row.
  public var id: String
  /// The provider's name for the model.
  public var modelID: String
  /// The id of the provider's row.
  public var providerID: String

  /// Creates a default model.
  public init(id: String, modelID: String, providerID: String) {
    self.id = id
    self.modelID = modelID
    self.providerID = providerID
  }

  static let coding = ObjectCoding<SeedDefaultModel>(
    noun: "default model",
    blank: SeedDefaultModel(id: "", modelID: "", providerID: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid), "The id of the model"),
      .required("model_id", \.modelID, .text, "The provider's name for the model"),
      .required("provider_id", \.providerID, .identifier(.uuid), "The id of its provider"),
    ])
}
