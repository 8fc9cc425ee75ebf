import EverrunsDocuments

/// An MCP server of the default organization.
public struct SeedMCPServer: Sendable, Hashable {
  /// The row's id, as used in `mcp:<id>`.
  public var id: String
  /// The name, unique in the organization.
  public var name: String
  /// A description, one sentence.
  public var description: String
  /// The URL of the server.
  public var url: String
  /// The transport.
  public var transportType: String

  /// Creates a server.
  public init(
    id: String, name: String, description: String = "", url: String,
    transportType: String = "http"
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.url = url
    self.transportType = transportType
  }

  static let coding = ObjectCoding<SeedMCPServer>(
    noun: "MCP server",
    blank: SeedMCPServer(id: "", name: "", url: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid), "The id of the row, as in mcp:ID"),
      .required("name", \.name, .text, "The name, unique among the servers"),
      .defaulted("description", \.description, .text, "A description for users"),
      .required("url", \.url, .text, "The URL of the server"),
      .defaulted("transport_type", \.transportType, .text, "The transport"),
    ])
}
