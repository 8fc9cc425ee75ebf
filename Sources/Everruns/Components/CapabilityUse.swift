public import EverrunsDocuments

/// The use of a capability by a harness or an agent: a reference with a configuration.
public struct CapabilityUse: Sendable, Hashable {
  /// The capability's id, or `mcp:<uuid>` for an MCP server of the organization.
  public var ref: String
  /// The configuration.
  ///
  /// The order of keys does not matter; numbers are kept as written.
  public var config: JSONObject

  /// Creates a use.
  public init(_ ref: String, config: JSONObject = [:]) {
    self.ref = ref
    self.config = config
  }

  /// The key that identifies a use in a list of them.
  package static let identifierKey = "ref"

  private static let object = ObjectCoding<CapabilityUse>(
    noun: "capability of a harness",
    blank: CapabilityUse(""),
    fields: [
      .required(
        identifierKey, \.ref, .text,
        "The id of a capability, or mcp: and the id of an MCP server of the organization"),
      .defaulted("config", \.config, .anyObject, "The configuration of the capability"),
    ])

  /// An object; when reading, a bare id is accepted too.
  package static let coding = ValueCoding<CapabilityUse>(
    schema: .either([.text, object.schema]),
    decode: { node, path, decoding in
      if case .string(let ref) = node.content { return CapabilityUse(ref) }
      return object.decode(node, at: path, &decoding)
    },
    encode: { .object(object.encode($0)) })
}

extension CapabilityUse: ExpressibleByStringLiteral {
  /// Creates a use without configuration.
  public init(stringLiteral ref: String) {
    self.init(ref)
  }
}
