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
    "for", .choice(HarnessPurpose.self), default: .session, summary: "What the harness is for")
  private static let harness = Option.optional(
    "harness", .dynamic("harness"), valueName: "NAME", summary: "The harness that was asked for")

  static let command = Command<ControlAction>(
    "resolve", summary: "Show which harness would be used, and why",
    discussion: """
      Answers as the server does: the harness that was asked for, else the one that the \
      organization's settings name, else the built-in one whose template has the role, else none. \
      Harnesses that are not active are passed over.
      """,
    options: [organization, purpose, harness],
    examples: [
      Example(
        "Which harness does a new session get?",
        "everrunsctl harnesses resolve --org org_00000000000000000000000000000001")
    ], exitCodes: [.failure, .noInput]
  ) { session in
    let organization = try session.organization(session.arguments[organization])
    let store = try session.storeOfRecords()
    let rows = try store?.records(.harness, organization: organization.orgID) ?? []
    let resolution = HarnessResolution(
      purpose: session.arguments[purpose], named: session.arguments[harness],
      organization: organization, rows: rows, definition: try session.platform().definition)
    try session.write(
      json: resolution.document, text: resolution.text(style: session.style))
    return resolution.harness == nil ? .failure : .success
  }
}

/// What a harness is wanted for.
enum HarnessPurpose: String, CommandLineChoice {
  case session
  case `default`
  case chat

  var choiceSummary: String {
    switch self {
    case .session: "a session that is created"
    case .default: "the organization's default"
    case .chat: "the global chat"
    }
  }

  /// The role whose harness is taken where nothing else names one.
  var role: HarnessRole {
    switch self {
    case .session: .base
    case .default: .default
    case .chat: .chat
    }
  }

  /// The setting that comes before the role, if there is one.
  var setting: OrganizationSetting? {
    switch self {
    case .session: .baseHarness
    case .default: .defaultHarness
    case .chat: nil
    }
  }
}

/// Which harness is used, and why.
struct HarnessResolution {
  /// Where the answer comes from.
  enum Source: String {
    case explicit
    case organizationSettings = "organization_settings"
    case role
  }

  let harness: String?
  let id: String?
  let source: Source?
  let reason: String

  init(
    purpose: HarnessPurpose, named: String?, organization: Organization, rows: [JSONObject],
    definition: PlatformDefinition
  ) {
    var passedOver: [String] = []
    func active(_ row: JSONObject?) -> (name: String, id: String)? {
      guard let row, case .string(let name)? = row["name"], case .string(let id)? = row["id"]
      else { return nil }
      guard row["status"] == "active" else {
        passedOver.append("'\(name)' is not active")
        return nil
      }
      return (name, id)
    }
    let byName = { (name: String) in rows.first { $0["name"] == .string(name) } }
    let template = definition.harness(for: purpose.role)?.name
    // Each is asked only if those before it have no answer, so that the reason names no more than
    // what decided.
    let candidates: [(source: Source, reason: String, find: () -> (name: String, id: String)?)] = [
      (
        .explicit, "it was asked for",
        {
          guard let named else { return nil }
          let row = byName(named)
          if row == nil { passedOver.append("there is no harness '\(named)'") }
          return active(row)
        }
      ),
      (
        .organizationSettings,
        "the setting '\(purpose.setting?.rawValue ?? "")' names it",
        {
          guard let chosen = purpose.setting.flatMap({ organization.settings[$0] }) else {
            return nil
          }
          let row = rows.first { $0["id"] == .string(chosen.id) }
          if row == nil {
            passedOver.append("the setting names '\(chosen.id)', which is not there")
          }
          return active(row)
        }
      ),
      (
        .role, "its template has the role '\(purpose.role.rawValue)'",
        {
          guard let template else {
            passedOver.append("no harness has the role '\(purpose.role.rawValue)'")
            return nil
          }
          let row = byName(template).flatMap { $0["is_built_in"] == true ? $0 : nil }
          if row == nil {
            passedOver.append("the built-in '\(template)' is not in the organization")
          }
          return active(row)
        }
      ),
    ]
    // An explicit harness that cannot be used is not silently replaced by another one.
    let eligible = named == nil ? candidates[1...] : candidates[...0]
    var found: (source: Source, reason: String, name: String, id: String)?
    for candidate in eligible where found == nil {
      found = candidate.find().map { (candidate.source, candidate.reason, $0.name, $0.id) }
    }
    harness = found?.name
    id = found?.id
    source = found?.source
    reason = ([found?.reason].compactMap(\.self) + passedOver).joined(separator: "; ")
  }

  /// The answer as an object.
  var document: JSONValue {
    [
      "harness": .optional(harness), "id": .optional(id), "source": .optional(source?.rawValue),
      "reason": .string(reason),
    ]
  }

  /// The answer as people read it.
  func text(style: Style) -> String {
    let answer = harness.map { style.heading($0.escapingControls()) } ?? style.error("none")
    return "\(answer)  \(id ?? "")\n  \(reason.escapingControls())\n"
  }
}
