package import EverrunsDocuments

/// A harness template: the data from which every organization gets a built-in harness.
public struct BuiltInHarness: Sendable, Hashable {
  /// The name, unique among the templates: `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 characters.
  public var name: String
  /// The display name.
  public var displayName: String
  /// A description, one sentence.
  public var description: String
  /// The first part of the system prompt, before the instructions of an agent.
  public var systemPrompt: String
  /// The name of the template it inherits from, if any.
  public var parent: String?
  /// Tags for searching.
  public var tags: [String]
  /// The roles of the harness; behavior depends on roles, never on names.
  public var roles: [HarnessRole]
  /// The capabilities that it gives to agents, in order.
  public var capabilities: [CapabilityUse]
  /// The id of its row in the default organization, a UUID; `nil` to generate one.
  public var seedID: String?
  /// The previous names of the template, latest first.
  ///
  /// If an organization has no built-in harness with the template's name but one with a previous
  /// name, seeding renames that one; its id and all references to it stay.
  public var previousNames: [String]

  /// Creates a template.
  public init(
    name: String, displayName: String, description: String = "", systemPrompt: String,
    parent: String? = nil, tags: [String] = [], roles: [HarnessRole] = [],
    capabilities: [CapabilityUse] = [], seedID: String? = nil, previousNames: [String] = []
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
    self.previousNames = previousNames
  }

  /// Whether the template has a role.
  public func has(_ role: HarnessRole) -> Bool { roles.contains(role) }

  static let coding = ObjectCoding<BuiltInHarness>(
    noun: "harness",
    blank: BuiltInHarness(name: "", displayName: "", systemPrompt: ""),
    fields: [
      .required("name", \.name, .identifier(.name), "The name, unique among the templates"),
      .required("display_name", \.displayName, .text, "The name that users see"),
      .defaulted("description", \.description, .text, "A description for users"),
      .required("system_prompt", \.systemPrompt, .text, "The system prompt"),
      .defaulted(
        "parent", \.parent, .orNull(.text),
        "The name of the template that it inherits from, or null"),
      .defaulted("tags", \.tags, .list(.text), "Tags"),
      .defaulted("roles", \.roles, .list(.choice()), "Its roles"),
      .defaulted(
        "capabilities", \.capabilities, .list(CapabilityUse.coding),
        "The capabilities of the harness, in order"),
      .defaulted(
        "seed_id", \.seedID, .orNull(.identifier(.uuid)),
        "The id of its row in the default organization, a UUID, or null"),
      .listOmittedIfEmpty(
        "previous_names", \.previousNames, .identifier(.name), "Its earlier names, latest first"),
    ])
}

extension BuiltInHarness {
  /// Whether both templates are equal, comparing texts code point by code point.
  public static func == (a: BuiltInHarness, b: BuiltInHarness) -> Bool {
    a.document == b.document
  }

  /// The template as a document lists it.
  package var document: JSONObject { Self.coding.encode(self) }

  /// The keys of a template in a document.
  package static var outline: DocumentOutline { coding.outline }

  /// Reads one template, or an array of them.
  ///
  /// - Throws: ``DocumentRefusal`` with every problem.
  package static func list(reading node: SourceNode) throws(DocumentRefusal) -> [BuiltInHarness] {
    try coding.list(reading: node, identifiedBy: "name")
  }

  /// The template with a new name, recording the old one as a previous name.
  package func renamed(to newName: String) -> BuiltInHarness {
    guard newName != name else { return self }
    var copy = self
    copy.name = newName
    copy.previousNames.removeAll { $0 == newName }
    return copy.recordingPreviousName(name)
  }

  /// The template with a name recorded as its latest previous one.
  package func recordingPreviousName(_ previous: String) -> BuiltInHarness {
    var copy = self
    copy.previousNames = [previous] + previousNames.filter { $0 != previous }
    return copy
  }

  /// The template after several assignments, all or none; its own name is not a previous one.
  ///
  /// - Throws: ``FieldAssignmentError`` for the first assignment that fails.
  package func assigning(
    _ assignments: [FieldAssignment]
  ) throws(FieldAssignmentError) -> BuiltInHarness {
    var copy = try Self.coding.assigning(
      assignments, to: self, identifiedBy: [CapabilityUse.identifierKey])
    copy.previousNames.removeAll { [name = copy.name] in $0 == name }
    return copy
  }
}
