import EverrunsDocuments

/// An MCP server of the default organization.
public struct SeedMCPServer: Sendable, Hashable {
  /// The row's id, by which `mcp:<id>` refers to it.
  public var id: String
  /// The name, unique in the organization.
  public var name: String
  /// What it offers, in a sentence.
  public var description: String
  /// Where it is.
  public var url: String
  /// How it is spoken to.
  public var transportType: String

  /// A server from its parts.
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
      .required("id", \.id, .identifier(.uuid)),
      .required("name", \.name, .text),
      .defaulted("description", \.description, .text),
      .required("url", \.url, .text),
      .defaulted("transport_type", \.transportType, .text),
    ])
}
