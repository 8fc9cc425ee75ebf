public import Everruns
import EverrunsDocuments

/// An agent of the default organization.
public struct SeedAgent: Sendable, Hashable {
  /// The row's id.
  public var id: String
  /// The public id.
  public var publicID: String?
  /// The name, unique in the organization.
  public var name: String
  /// The display name.
  public var displayName: String
  /// A description, one sentence.
  public var description: String
  /// The system prompt.
  public var systemPrompt: String
  /// Tags to find it by.
  public var tags: [String]
  /// The agent's capabilities, in order.
  public var capabilities: [CapabilityUse]
  /// Whether it is seeded only at the grade `dev`.
  public var isDevOnly: Bool

  /// Creates an agent.
  public init(
    id: String, publicID: String? = nil, name: String, displayName: String,
    description: String = "", systemPrompt: String, tags: [String] = [],
    capabilities: [CapabilityUse] = [], isDevOnly: Bool = false
  ) {
    self.id = id
    self.publicID = publicID
    self.name = name
    self.displayName = displayName
    self.description = description
    self.systemPrompt = systemPrompt
    self.tags = tags
    self.capabilities = capabilities
    self.isDevOnly = isDevOnly
  }

  static let coding = ObjectCoding<SeedAgent>(
    noun: "agent",
    blank: SeedAgent(id: "", name: "", displayName: "", systemPrompt: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid), "The id of the row"),
      .defaulted("public_id", \.publicID, .orNull(.text), "The public id, or null"),
      .required("name", \.name, .identifier(.name), "The name, unique among the agents"),
      .required("display_name", \.displayName, .text, "The name that users see"),
      .defaulted("description", \.description, .text, "A description for users"),
      .required("system_prompt", \.systemPrompt, .text, "The system prompt"),
      .defaulted("tags", \.tags, .list(.text), "Tags"),
      .defaulted(
        "capabilities", \.capabilities, .list(CapabilityUse.coding),
        "The capabilities of the agent, in order"),
      .defaulted("dev_only", \.isDevOnly, .bool, "Whether it is seeded only at grade dev"),
    ])
}
