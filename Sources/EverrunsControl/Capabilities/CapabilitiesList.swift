public import CommandLineTree
public import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `capabilities list`.
enum CapabilitiesList {
  private static let filters = OptionCategory("Filters")

  private static let statuses = Option.list(
    "status", .choice(CapabilityStatus.self), summary: "Only capabilities of this status",
    category: filters)
  private static let riskLevels = Option.list(
    "risk", .choice(RiskLevel.self), valueName: "LEVEL",
    summary: "Only capabilities of this risk level", category: filters)
  private static let categories = Option.list(
    "category", .dynamic("category"), summary: "Only capabilities of this category",
    category: filters)
  private static let features = Option.list(
    "feature", .dynamic("feature"), summary: "Only capabilities with this feature",
    category: filters)
  private static let experimental = Option.flag(
    "experimental", summary: "Only experimental capabilities", category: filters)
  private static let unused = Option.flag(
    "unused", summary: "Only capabilities that no harness or seed agent uses",
    category: filters)

  static let command = Command<ControlAction>(
    "list", summary: "List the capabilities of the platform",
    discussion: """
      Repeat a filter to match any of its values. USED_BY counts the harnesses and seed agents that \
      use a capability, directly or as a dependency; --columns id,used_by lists them.
      """,
    options: [statuses, riskLevels, categories, features, experimental, unused],
    examples: [
      Example(
        "List capabilities that need care",
        "everrunsctl capabilities list --risk high --risk medium"),
      Example(
        "Show each of them",
        "everrunsctl capabilities list -o name --risk high | xargs everrunsctl capabilities show"),
    ], formats: .list, columns: .of(columns(usedBy: { _ in [] }))
  ) { session in
    let filter = Filter(session.arguments)
    let definition = try session.platform().definition
    let usage = CapabilityUsage(definition, catalog: session.program.catalog)
    let all = Array(definition.capabilities.descriptors)
    let found = all.filter { filter.accepts($0) && (!filter.isUnused || usage[$0.id].isEmpty) }
    if found.isEmpty {
      suggest(for: filter.categories, among: all.compactMap(\.category), "category", session)
      suggest(for: filter.features, among: all.flatMap(\.features), "feature", session)
    }
    try session.writeList(
      found, columns: columns { usage[$0.id] }, ifEmpty: .note("no capability matches"))
    return .success
  }

  /// The columns of the list; `users` are the addresses of what uses a capability.
  private static func columns(
    usedBy users: @escaping @Sendable (CapabilityDescriptor) -> [String]
  ) -> [Column<CapabilityDescriptor>] {
    let all = CapabilityDescriptor.allColumns
    let usedBy = Column<CapabilityDescriptor>.derived(
      "used_by", value: { .strings(users($0)) }, { String(users($0).count) })
    return all.filter { $0.visibility == .always } + [usedBy]
      + all.filter { $0.visibility != .always }
  }

  /// The filters of the list.
  struct Filter: Equatable {
    var statuses: [CapabilityStatus]
    var riskLevels: [RiskLevel]
    var categories: [String]
    var features: [String]
    var isExperimental: Bool
    var isUnused: Bool

    init(_ arguments: Arguments) {
      statuses = arguments[CapabilitiesList.statuses]
      riskLevels = arguments[CapabilitiesList.riskLevels]
      categories = arguments[CapabilitiesList.categories]
      features = arguments[CapabilitiesList.features]
      isExperimental = arguments[experimental]
      isUnused = arguments[unused]
    }

    /// Whether every given filter accepts a capability; a filter with several values accepts any of
    /// them.
    func accepts(_ capability: CapabilityDescriptor) -> Bool {
      (statuses.isEmpty || statuses.contains(capability.status))
        && (riskLevels.isEmpty || riskLevels.contains(capability.riskLevel))
        && (categories.isEmpty
          || categories.contains { $0.lowercased() == capability.category?.lowercased() })
        && (features.isEmpty || features.contains(where: capability.features.containsExactly))
        && (!isExperimental || capability.isExperimental)
    }
  }

  /// Suggests close matches if a filter matches nothing.
  private static func suggest(
    for words: [String], among known: [String], _ noun: String, _ session: Session
  ) {
    for word in words where !known.contains(where: { $0.lowercased() == word.lowercased() }) {
      guard let suggestion = Spelling.closest(to: word, among: known) else { continue }
      session.note("no capability has the \(noun) '\(word)'; did you mean '\(suggestion)'?")
    }
  }
}

extension CapabilityStatus: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .available: "ready for use"
    case .comingSoon: "announced"
    case .deprecated: "not for new use"
    }
  }
}

extension RiskLevel: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .low: "reads or computes"
    case .medium: "reaches outside"
    case .high: "runs code or changes things outside"
    }
  }
}
