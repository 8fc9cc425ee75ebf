import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `harnesses resolve`.
enum HarnessesResolve {
  private static let organization = Option.required(
    "org", .dynamic("organization"), summary: "The organization")
  private static let purpose = Option.defaulted(
    "for", .choice(HarnessPurpose.self), default: .session,
    summary: "The purpose, if no harness is requested")
  private static let harness = Option.optional(
    "harness", .dynamic("harness"), valueName: "NAME", summary: "The requested harness")

  static let command = Command<ControlAction>(
    "resolve", summary: "Show which harness would be used, and why",
    discussion: """
      Resolves as the server does: the requested harness, else the one in the organization's \
      settings, else the built-in harness whose template has the role, else none. Inactive harnesses \
      are skipped, and the reason says so.
      """,
    options: [organization, purpose, harness], exclusiveOptions: [[purpose, harness]],
    examples: [
      Example(
        "See which harness a new session gets",
        "everrunsctl harnesses resolve --org org_00000000000000000000000000000001")
    ]
  ) { session in
    let organization = try session.organization(session.arguments[organization])
    // The organization was found in it.
    guard let store = try session.storeOfRecords() else { return .success }
    let resolution = try store.harnessResolution(
      for: session.arguments[purpose], requested: session.arguments[harness], in: organization,
      templates: try session.platform().definition.builtInHarnesses)
    try session.write(
      json: resolution.document, text: resolution.text(session))
    guard resolution.harness == nil else { return .success }
    throw ControlError.noHarness(
      organization: organization.named, reason: resolution.reason,
      named: session.arguments[harness],
      candidates: HarnessResolution.candidates(
        among: try store.records(.harness, organization: organization.orgID)))
  }
}

extension HarnessPurpose: CommandLineChoice {
  /// What the value means, in help and completions.
  package var choiceSummary: String {
    switch self {
    case .session: "a new session"
    case .default: "the organization's default"
    case .chat: "the global chat"
    }
  }
}

extension HarnessResolution {
  /// The result as an object.
  fileprivate var document: JSONValue {
    [
      "harness": .optional(harness?.name), "id": .optional(harness?.id),
      "source": .optional(source?.rawValue), "reason": .string(reason),
    ]
  }

  /// The result as text; empty if there is none, which the error reports.
  ///
  /// With --quiet it is the name; with --verbose it has a line for each step.
  fileprivate func text(_ session: Session) -> String {
    guard let harness else { return "" }
    let name = harness.name.escapingControls()
    guard !session.isQuiet else { return name + "\n" }
    let steps = session.isVerbose ? reasons.map(\.message) : [reason]
    let source = session.isVerbose ? source.map { ["source: \($0.rawValue)"] } ?? [] : []
    return "\(session.style.heading(name))  \(harness.id.escapingControls())\n"
      + (steps + source).map { "  \($0.escapingControls())\n" }.joined()
  }
}
