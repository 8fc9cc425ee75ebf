import EverrunsDocuments

/// A reference to a capability, as harnesses and agents hold it.
package enum CapabilityReference: Sendable, Hashable {
  /// A capability of the registry, by identifier.
  case registered(String)
  /// The virtual capability of an MCP server of the organization, by the server's id. The
  /// registry never satisfies it.
  case mcpServer(String)

  /// What a text refers to: `mcp:<uuid>` is an MCP server, anything else the registry's.
  package init(_ text: String) {
    let prefix = "mcp:"
    if text.hasPrefix(prefix), IdentifierGrammar.uuid.accepts(String(text.dropFirst(prefix.count)))
    {
      self = .mcpServer(String(text.dropFirst(prefix.count)))
    } else {
      self = .registered(text)
    }
  }
}
