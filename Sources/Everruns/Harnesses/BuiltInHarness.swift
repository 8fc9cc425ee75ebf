public import EverrunsDocuments

/// A harness template: the data from which every organization gets a built-in harness.
public struct BuiltInHarness: Sendable, Hashable {
  /// The name, unique among the templates: `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 characters.
  public var name: String
  /// The name people see.
  public var displayName: String
  /// What it is for, in a sentence.
  public var description: String
  /// The instructions that come before everything an agent or a user says.
  public var systemPrompt: String
  /// The template it builds on, by name.
  public var parent: String?
  /// Words to find it by.
  public var tags: [String]
  /// The special parts it plays.
  public var roles: [HarnessRole]
  /// The capabilities it gives, in order.
  public var capabilities: [HarnessCapability]
  /// The id it should have in the default organization, if any.
  public var seedID: String?

  /// A template from its parts.
  public init(
    name: String, displayName: String, description: String = "", systemPrompt: String,
    parent: String? = nil, tags: [String] = [], roles: [HarnessRole] = [],
    capabilities: [HarnessCapability] = [], seedID: String? = nil
  ) {
    self.name = name
    self.displayName = displayName
    self.description = description
    self.systemPrompt = systemPrompt
    self.parent = parent
    self.tags = tags
    self.roles = roles
    self.capabilities = capabilities
    self.seedID = seedID
  }

  /// Whether the template plays a part.
  public func has(_ role: HarnessRole) -> Bool { roles.contains(role) }

  static let coding = ObjectCoding<BuiltInHarness>(
    noun: "harness",
    blank: BuiltInHarness(name: "", displayName: "", systemPrompt: ""),
    fields: [
      .required("name", \.name, .identifier(.name)),
      .required("display_name", \.displayName, .text),
      .defaulted("description", \.description, .text),
      .required("system_prompt", \.systemPrompt, .text),
      .defaulted("parent", \.parent, .orNull(.text)),
      .defaulted("tags", \.tags, .list(.text)),
      .defaulted("roles", \.roles, .list(.choice())),
      .defaulted("capabilities", \.capabilities, .list(HarnessCapability.coding)),
      .defaulted("seed_id", \.seedID, .orNull(.identifier(.uuid))),
    ])
}

/// A part that a harness can play.
///
/// Behaviour follows roles and never names.
public enum HarnessRole: String, CaseIterable, Sendable {
  /// Used when a session names no harness and its organization has no base harness set.
  case base
  /// Becomes an organization's default harness when the organization is initialized.
  case `default`
  /// Used by the global chat.
  case chat
}

/// A capability as a harness or an agent has it: a reference with its configuration.
public struct HarnessCapability: Sendable, Hashable {
  /// The capability's id, or `mcp:<uuid>` for an MCP server of the organization.
  public var ref: String
  /// How it is configured.
  ///
  /// The order of keys does not matter; numbers are kept as written.
  public var config: JSONObject

  /// A reference with its configuration.
  public init(_ ref: String, config: JSONObject = [:]) {
    self.ref = ref
    self.config = config
  }

  private static let object = ObjectCoding<HarnessCapability>(
    noun: "capability of a harness",
    blank: HarnessCapability(""),
    fields: [
      .required("ref", \.ref, .text),
      .defaulted("config", \.config, .anyObject),
    ])

  /// An object, or the bare reference where there is nothing to configure.
  package static let coding = ValueCoding<HarnessCapability>(
    schema: .either([.text, object.schema]),
    decode: { node, path, decoding in
      if case .string(let ref) = node.content { return HarnessCapability(ref) }
      return object.decode(node, at: path, &decoding)
    },
    encode: { .object(object.encode($0)) })
}

extension HarnessCapability: ExpressibleByStringLiteral {
  /// A capability without configuration.
  public init(stringLiteral ref: String) {
    self.init(ref)
  }
}

extension BuiltInHarness {
  /// The template as an object, as a document lists it.
  public var document: JSONObject { Self.coding.encode(self) }

  /// Reads one template, or an array of them.
  ///
  /// - Throws: ``DocumentRefusal`` with everything that is wrong.
  public static func list(reading node: SourceNode) throws(DocumentRefusal) -> [BuiltInHarness] {
    try coding.list(reading: node, identifiedBy: "name")
  }

  /// The template with some fields changed, all of them or none.
  ///
  /// - Throws: ``FieldAssignmentError`` for the first assignment that cannot be made.
  public func assigning(
    _ assignments: [FieldAssignment]
  ) throws(FieldAssignmentError) -> BuiltInHarness {
    try Self.coding.assigning(assignments, to: self, identifiedBy: ["ref"])
  }
}
