import EverrunsDocuments

/// A parsed reference to a capability.
package enum CapabilityReference: Sendable, Hashable {
  /// A capability of the registry, by identifier.
  case registered(String)
  /// The virtual capability of an MCP server of the organization, by the server's id.
  ///
  /// It is never in the registry.
  case mcpServer(String)

  /// Parses a reference: `mcp:<uuid>` is an MCP server, anything else is in the registry.
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
