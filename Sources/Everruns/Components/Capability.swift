package import EverrunsDocuments

/// A modular unit of agent functionality, such as reading the time or running code.
///
/// Only an identifier and a name are required; by default a capability is plain, available and
/// harmless. An embedder's own types are registered next to ``CapabilityDescriptor`` values.
public protocol Capability: Sendable {
  /// The identifier, `[a-z][a-z0-9_]*`, at most 50 characters.
  var id: String { get }
  /// The display name.
  var name: String { get }
  /// A description, one sentence.
  var description: String { get }
  /// Whether it is available.
  var status: CapabilityStatus { get }
  /// The category in lists; `nil` for none.
  var category: String? { get }
  /// The name of its icon; `nil` for none.
  var icon: String? { get }
  /// The risk of using it.
  var riskLevel: RiskLevel { get }
  /// The ids of its dependencies.
  var dependencies: [String] { get }
  /// The user interface features that it enables.
  var features: [String] { get }
  /// The names of the tools that it gives to an agent.
  var tools: [String] { get }
  /// Whether it is only offered at grades that allow experiments.
  var isExperimental: Bool { get }
}

extension Capability {
  /// A description, one sentence.
  public var description: String { "" }
  /// Whether it is available.
  public var status: CapabilityStatus { .available }
  /// The category in lists; `nil` for none.
  public var category: String? { nil }
  /// The name of its icon; `nil` for none.
  public var icon: String? { nil }
  /// The risk of using it.
  public var riskLevel: RiskLevel { .low }
  /// The ids of its dependencies.
  public var dependencies: [String] { [] }
  /// The user interface features that it enables.
  public var features: [String] { [] }
  /// The names of the tools that it gives to an agent.
  public var tools: [String] { [] }
  /// Whether it is only offered at grades that allow experiments.
  public var isExperimental: Bool { false }
}

/// The availability of a capability.
public enum CapabilityStatus: String, CaseIterable, Sendable {
  /// Available.
  case available
  /// Announced, and not available yet.
  case comingSoon = "coming_soon"
  /// Still available, but should not be used any more.
  case deprecated
}

/// The risk of using a capability.
public enum RiskLevel: String, CaseIterable, Comparable, Sendable {
  /// Reads or computes; at worst it wastes time.
  case low
  /// Reaches outside, such as the web.
  case medium
  /// Runs code or changes things outside.
  case high

  /// Whether the first is the lower risk.
  public static func < (a: RiskLevel, b: RiskLevel) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    }
  }
}

/// A capability that consists only of its data.
public struct CapabilityDescriptor: Capability, Hashable {
  /// The identifier, `[a-z][a-z0-9_]*`, at most 50 characters.
  public var id: String
  /// The display name.
  public var name: String
  /// A description, one sentence.
  public var description: String
  /// Whether it is available.
  public var status: CapabilityStatus
  /// The category in lists; `nil` for none.
  public var category: String?
  /// The name of its icon; `nil` for none.
  public var icon: String?
  /// The risk of using it.
  public var riskLevel: RiskLevel
  /// The ids of its dependencies.
  public var dependencies: [String]
  /// The user interface features that it enables.
  public var features: [String]
  /// The names of the tools that it gives to an agent.
  public var tools: [String]
  /// Whether it is only offered at grades that allow experiments.
  public var isExperimental: Bool

  /// Creates a capability; the defaults are those of ``Capability``.
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
  /// The noun for messages.
  public static let noun = "capability"
  /// The identifier of a component in its registry.
  public static func identifier(of component: any Capability) -> String { component.id }
  /// The descriptor itself, as a component.
  public var component: any Capability { self }

  package static let documentKey = "capabilities"
  package static let identifierKey = "id"
  package static let identifierGrammar = IdentifierGrammar.capability
  package static let coding = ObjectCoding<CapabilityDescriptor>(
    noun: noun,
    blank: CapabilityDescriptor(id: "", name: ""),
    fields: [
      .required("id", \.id, .identifier(.capability), "The identifier, unique in its registry"),
      .required("name", \.name, .text, "The name that users see"),
      .defaulted("description", \.description, .text, "A description for users"),
      .defaulted("status", \.status, .choice(), "Whether agents can use it"),
      .defaulted("category", \.category, .orNull(.text), "The group that it is listed in"),
      .defaulted("icon", \.icon, .orNull(.text), "The name of an icon"),
      .defaulted("risk_level", \.riskLevel, .choice(), "The risk level"),
      .defaulted(
        "dependencies", \.dependencies, .list(.text),
        "The ids of the capabilities that it depends on"),
      .defaulted(
        "features", \.features, .list(.text), "The user-interface features that it enables"),
      .defaulted("tools", \.tools, .list(.text), "The tools that it gives to agents"),
      .defaulted(
        "experimental", \.isExperimental, .bool, "Whether presets include it only at grade dev"),
    ])
}

/// The capabilities of a platform, in order.
public typealias CapabilityRegistry = Registry<CapabilityDescriptor>
