public import CommandLineTree
public import Everruns
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
    let arguments = session.arguments
    let isWanted = { (capability: CapabilityDescriptor) in
      (arguments[status].map { capability.status == $0 } ?? true)
        && (arguments[risk].map { capability.riskLevel == $0 } ?? true)
        && (arguments[category].map { capability.category?.lowercased() == $0.lowercased() }
          ?? true)
        && (arguments[feature].map { capability.features.contains($0) } ?? true)
        && (!arguments[experimental] || capability.isExperimental)
    }
    let all = Array(try session.platform().definition.capabilities.descriptors)
    let found = all.filter(isWanted)
    if found.isEmpty {
      suggest(for: arguments[category], among: all.compactMap(\.category), "category", session)
      suggest(for: arguments[feature], among: all.flatMap(\.features), "feature", session)
    }
    return try ComponentList<CapabilityFamily>.write(found, session)
  }

  /// Says which word was probably meant, where nothing is found.
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
