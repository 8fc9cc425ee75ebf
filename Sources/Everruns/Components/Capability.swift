package import EverrunsDocuments

/// A modular unit of agent functionality, such as reading the time or running code.
///
/// Only an identifier and a name are required; everything else has the default of a plain,
/// available, harmless capability. An embedder's own types stand in a registry beside
/// ``CapabilityDescriptor`` values.
public protocol Capability: Sendable {
  /// The identifier, `[a-z][a-z0-9_]*`, at most 50 characters.
  var id: String { get }
  /// The name people see.
  var name: String { get }
  /// What it does, in a sentence.
  var description: String { get }
  /// Whether it can be used.
  var status: CapabilityStatus { get }
  /// The heading under which it is listed, if any.
  var category: String? { get }
  /// The name of its icon, if any.
  var icon: String? { get }
  /// How much harm it could do.
  var riskLevel: RiskLevel { get }
  /// The capabilities that it needs, by identifier.
  var dependencies: [String] { get }
  /// The features of the user interface that it switches on.
  var features: [String] { get }
  /// The names of the tools it gives to an agent.
  var tools: [String] { get }
  /// Whether it is offered only in grades that admit experiments.
  var isExperimental: Bool { get }
}

extension Capability {
  /// What it does, in a sentence.
  public var description: String { "" }
  /// Whether it can be used.
  public var status: CapabilityStatus { .available }
  /// The heading under which it is listed, if any.
  public var category: String? { nil }
  /// The name of its icon, if any.
  public var icon: String? { nil }
  /// How much harm it could do.
  public var riskLevel: RiskLevel { .low }
  /// The capabilities that it needs, by identifier.
  public var dependencies: [String] { [] }
  /// The features of the user interface that it switches on.
  public var features: [String] { [] }
  /// The names of the tools it gives to an agent.
  public var tools: [String] { [] }
  /// Whether it is offered only in grades that admit experiments.
  public var isExperimental: Bool { false }
}

/// Whether a capability can be used.
public enum CapabilityStatus: String, CaseIterable, Sendable {
  /// It can be used.
  case available
  /// It is announced and cannot be used yet.
  case comingSoon = "coming_soon"
  /// It still works and should not be used any more.
  case deprecated
}

/// How much harm a capability could do.
public enum RiskLevel: String, CaseIterable, Comparable, Sendable {
  /// Reads or computes; at worst it wastes time.
  case low
  /// Reaches outside, such as the web.
  case medium
  /// Runs code or changes things outside.
  case high

  /// Whether the first is the lesser.
  public static func < (a: RiskLevel, b: RiskLevel) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    }
  }
}

/// A capability that is nothing but its data.
public struct CapabilityDescriptor: Capability, Hashable {
  /// The identifier, `[a-z][a-z0-9_]*`, at most 50 characters.
  public var id: String
  /// The name people see.
  public var name: String
  /// What it does, in a sentence.
  public var description: String
  /// Whether it can be used.
  public var status: CapabilityStatus
  /// The heading under which it is listed, if any.
  public var category: String?
  /// The name of its icon, if any.
  public var icon: String?
  /// How much harm it could do.
  public var riskLevel: RiskLevel
  /// The capabilities that it needs, by identifier.
  public var dependencies: [String]
  /// The features of the user interface that it switches on.
  public var features: [String]
  /// The names of the tools it gives to an agent.
  public var tools: [String]
  /// Whether it is offered only in grades that admit experiments.
  public var isExperimental: Bool

  /// A capability from its parts; what is left out has the defaults of ``Capability``.
  public init(
    id: String, name: String, description: String = "", status: CapabilityStatus = .available,
    category: String? = nil, icon: String? = nil, riskLevel: RiskLevel = .low,
    dependencies: [String] = [], features: [String] = [], tools: [String] = [],
    isExperimental: Bool = false
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.status = status
    self.category = category
    self.icon = icon
    self.riskLevel = riskLevel
    self.dependencies = dependencies
    self.features = features
    self.tools = tools
    self.isExperimental = isExperimental
  }

  /// The plain data of any capability.
  public init(_ capability: any Capability) {
    self.init(
      id: capability.id, name: capability.name, description: capability.description,
      status: capability.status, category: capability.category, icon: capability.icon,
      riskLevel: capability.riskLevel, dependencies: capability.dependencies,
      features: capability.features, tools: capability.tools,
      isExperimental: capability.isExperimental)
  }
}

extension CapabilityDescriptor: DocumentedComponent {
  /// What one component is called in messages.
  public static let noun = "capability"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any Capability) -> String { component.id }
  /// The component that is only this data: the descriptor itself.
  public var component: any Capability { self }

  package static let documentKey = "capabilities"
  package static let identifierKey = "id"
  package static let identifierGrammar = IdentifierGrammar.capability
  package static let coding = ObjectCoding<CapabilityDescriptor>(
    noun: noun,
    blank: CapabilityDescriptor(id: "", name: ""),
    fields: [
      .required("id", \.id, .identifier(.capability)),
      .required("name", \.name, .text),
      .defaulted("description", \.description, .text),
      .defaulted("status", \.status, .choice()),
      .defaulted("category", \.category, .orNull(.text)),
      .defaulted("icon", \.icon, .orNull(.text)),
      .defaulted("risk_level", \.riskLevel, .choice()),
      .defaulted("dependencies", \.dependencies, .list(.text)),
      .defaulted("features", \.features, .list(.text)),
      .defaulted("tools", \.tools, .list(.text)),
      .defaulted("experimental", \.isExperimental, .bool),
    ])
}

/// The capabilities of a platform, in order.
public typealias CapabilityRegistry = Registry<CapabilityDescriptor>
