public import CommandLineTree
public import Everruns
import EverrunsDocuments
import Messages

/// `capabilities list`.
enum CapabilitiesList {
  private static let filters = OptionCategory("Filters")

  private static let status = Option.optional(
    "status", .choice(CapabilityStatus.self), summary: "Only capabilities of this status",
    category: filters)
  private static let risk = Option.optional(
    "risk", .choice(RiskLevel.self), valueName: "LEVEL",
    summary: "Only capabilities of this risk level", category: filters)
  private static let category = Option.optional(
    "category", .dynamic("category"), summary: "Only capabilities of this category",
    category: filters)
  private static let feature = Option.optional(
    "feature", .dynamic("feature"), summary: "Only capabilities with this feature",
    category: filters)
  private static let experimental = Option.flag(
    "experimental", summary: "Only experimental capabilities", category: filters)

  static let command = Command<ControlAction>(
    "list", summary: "List the capabilities of the platform",
    options: [status, risk, category, feature, experimental],
    examples: [
      Example("List what could do harm", "everrunsctl capabilities list --risk high"),
      Example(
        "Show each of them",
        "everrunsctl capabilities list -o name --risk high | xargs everrunsctl capabilities show"),
    ], formats: [.text, .json, .yaml, .name]
  ) { session in
    let filter = Filter(session.arguments)
    let all = Array(try session.platform().definition.capabilities.descriptors)
    let found = all.filter(filter.accepts)
    if found.isEmpty {
      suggest(for: filter.category, among: all.compactMap(\.category), "category", session)
      suggest(for: filter.feature, among: all.flatMap(\.features), "feature", session)
    }
    try session.writeList(found, columns: CapabilityDescriptor.columns)
    return .success
  }

  /// Which capabilities are listed.
  struct Filter: Equatable {
    var status: CapabilityStatus?
    var riskLevel: RiskLevel?
    var category: String?
    var feature: String?
    var isExperimental = false

    init(_ arguments: Arguments) {
      status = arguments[CapabilitiesList.status]
      riskLevel = arguments[risk]
      category = arguments[CapabilitiesList.category]
      feature = arguments[CapabilitiesList.feature]
      isExperimental = arguments[experimental]
    }

    func accepts(_ capability: CapabilityDescriptor) -> Bool {
      (status.map { capability.status == $0 } ?? true)
        && (riskLevel.map { capability.riskLevel == $0 } ?? true)
        && (category.map { capability.category?.lowercased() == $0.lowercased() } ?? true)
        && (feature.map { capability.features.containsExactly($0) } ?? true)
        && (!isExperimental || capability.isExperimental)
    }
  }

  /// Names the word that was probably meant, if a filter matches nothing.
  private static func suggest(
    for word: String?, among known: [String], _ noun: String, _ session: Session
  ) {
    guard let word, !known.contains(where: { $0.lowercased() == word.lowercased() }),
      let suggestion = Spelling.closest(to: word, among: known)
    else { return }
    session.note("no capability has the \(noun) '\(word)'; did you mean '\(suggestion)'?")
  }
}

extension CapabilityStatus: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .available: "it can be used"
    case .comingSoon: "it is announced"
    case .deprecated: "it should not be used any more"
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
