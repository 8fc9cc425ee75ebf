import Everruns
import EverrunsSeeding
import EverrunsStore
import Messages

/// Renders a plan as text: first the rows that need a decision, then the changes, by kind; rows
/// that are up to date only as a count.
struct PlanText {
  /// The location of the store.
  let storePath: String
  let style: Style
  /// Whether to show every row, including those that are up to date.
  let isVerbose: Bool

  /// How wide a title may be to align the reasons of a kind.
  ///
  /// Wider ones, with the name of an
  /// organization, would push the reasons of all others off a usual terminal.
  private static let alignedWidth = 48

  /// How many plain creations of a kind to show before the rest is only counted.
  private static let creationsShown = 8

  /// Writes the plan.
  ///
  /// - Parameters:
  ///   - shown: The plan, and the rows to show.
  ///   - isOutcomeKnown: Whether the plan was applied, so that the summary reports the result.
  ///   - end: The last line, if there is one: the next step or the result.
  ///   - output: Receives the text in pieces of whole lines.
  /// - Throws: Errors of reading the rows, or the error that `end` or `output` throws.
  func write(
    _ shown: ShownPlan, isOutcomeKnown: Bool = false, end: () throws -> String? = { nil },
    to output: (String) throws -> Void
  ) throws {
    try output(style.heading(Self.title(shown.plan, storePath: storePath)) + "\n\n")
    for group in try groups(shown) { try write(group, of: shown, to: output) }
    let end = try end().map { $0 + "\n" } ?? ""
    try output(try summary(shown, isOutcomeKnown: isOutcomeKnown) + "\n" + end)
  }

  /// The title of a plan for a store at a location.
  static func title(_ plan: SeedPlan, storePath: String) -> String {
    let header = plan.header
    let revision = header.platformRevision.map { " revision \($0)" } ?? ""
    let path = storePath.escapingControls()
    let store =
      header.store.id == nil
      ? "a new store at '\(path)'"
      : "store '\(path)' at serial \(header.store.serial)"
    return "Plan for \(store), platform '\(header.platform.ref.escapingControls())'\(revision), "
      + "grade \(header.grade.rawValue)"
  }

  /// The rows of one kind: their positions and the layout.
  private struct Group {
    let kind: RecordKind
    var range: Range<Int>
    var summary = SeedSummary()
    /// The number of rows to show.
    var shownCount = 0
    /// The number of plain creations.
    var plainCount = 0
    /// The width of the titles of rows with a reason.
    var width = 0
  }

  private func groups(_ shown: ShownPlan) throws -> [Group] {
    var groups: [Group] = []
    var number = 0
    try shown.rows.read { row in
      let kind = row.address.kind
      var group =
        groups.last?.kind == kind ? groups.removeLast() : Group(kind: kind, range: number..<number)
      number += 1
      group.range = group.range.lowerBound..<number
      group.summary.count(row)
      if isShown(row, in: shown) { group.shownCount += 1 }
      if row.isPlainCreation { group.plainCount += 1 }
      let width = row.title.displayWidth
      if isShown(row, in: shown), isVerbose || !row.isPlainCreation, width <= Self.alignedWidth {
        group.width = max(group.width, width)
      }
      groups.append(group)
    }
    return groups
  }

  private func isShown(_ row: SeedPlanRow, in shown: ShownPlan) -> Bool {
    isVerbose || row.action != .unchanged || shown.asksForUnchanged
  }

  private func write(
    _ group: Group, of shown: ShownPlan, to output: (String) throws -> Void
  ) throws {
    guard group.shownCount > 0 else { return }
    let counts = style.faint("  " + group.summary.words)
    try output(style.heading(group.kind.rawValue) + counts + "\n")
    let hidden =
      isVerbose || group.plainCount <= Self.creationsShown
      ? 0 : group.plainCount - Self.creationsShown + 1
    var previous: SeedPlanRow?
    func write(where isMeant: (SeedPlanRow) -> Bool) throws {
      try shown.rows.read(in: group.range) { row in
        guard isShown(row, in: shown), isMeant(row) else { return }
        try output(line(row, after: previous, width: group.width).map { $0 + "\n" }.joined())
        previous = row
      }
    }
    // Rows that may need a decision come first; plain creations hold no surprise.
    if group.summary[.blocked] > 0 { try write { $0.action == .blocked } }
    if group.summary.overwrites > 0 { try write { $0.overwritesEdit } }
    try write { $0.action != .blocked && !$0.overwritesEdit && !$0.isPlainCreation }
    var left = group.plainCount - hidden
    if left > 0 {
      try write { row in
        guard row.isPlainCreation, left > 0 else { return false }
        left -= 1
        return true
      }
    }
    if hidden > 0 {
      try output(style.faint("    and \(hidden) more to create; -v shows all") + "\n")
    }
    try output("\n")
  }

  private func line(_ row: SeedPlanRow, after previous: SeedPlanRow?, width: Int) -> [String] {
    // The reason of a plain creation is obvious and left out.
    let isBrief = row.isPlainCreation && !isVerbose
    let title = row.title
    let reason = isBrief ? "" : title.padding(to: width) + "  " + row.reason.line
    return ["  " + paint(row, "\(row.symbol) \(title)") + reason]
      + organizations(of: row) + changes(of: row, after: previous)
      + row.notes.map { "      \(style.faint($0.code.rawValue)): \($0.message.escapingControls())" }
      + row.decisions(style: style).map { "      \($0)" }
  }

  /// The organizations of a folded row, by name.
  private func organizations(of row: SeedPlanRow) -> [String] {
    guard let number = row.organizations else { return [] }
    return ["      " + style.faint("in \(row.examples.words(of: number))".escapingControls())]
  }

  /// The fields that change, or would change if a local edit were not kept.
  ///
  /// Organizations with equal changes, such as the default one and the others, share a block.
  private func changes(of row: SeedPlanRow, after previous: SeedPlanRow?) -> [String] {
    if let previous, !row.changes.isEmpty, row.hasSameChanges(as: previous) {
      return ["      " + style.faint("the same changes as \(previous.address)".escapingControls())]
    }
    let title = row.action == .keep && !row.changes.isEmpty ? ["      store -> catalog:"] : []
    return title.map(style.faint)
      + row.changes.flatMap { change in
        ValueDifference.lines(
          "      \(change.field)", from: change.before, to: change.after, style: style)
      }
  }

  private func paint(_ row: SeedPlanRow, _ text: String) -> String {
    if row.overwritesEdit { return style.overwritten(text) }
    return switch row.action {
    case .create: style.added(text)
    case .update: style.changed(text)
    case .delete, .blocked: style.removed(text)
    case .skip, .release: style.warning(text)
    case .unchanged, .keep: style.faint(text)
    }
  }

  private func summary(_ shown: ShownPlan, isOutcomeKnown: Bool) throws -> String {
    let plan = shown.plan
    let what = plan.hasDifferences || isOutcomeKnown ? "" : "Nothing to do. "
    let counts = plan.summary.total == 0 ? "" : plan.summary.words + "; "
    let filtered = try shown.filteredInWords(showsUnchanged: isVerbose).map { $0 + "\n" } ?? ""
    return filtered + style.heading(what + counts + count(plan.summary.total, "row"))
  }
}

extension [NamedOrganization] {
  /// The organizations by name, as the first of a number of them: `Acme, Beta, Org 7 and 5 more`.
  func words(of number: Int) -> String {
    map(\.shownName).joined(asFirstOf: number)
  }
}

extension SeedPlanRow {
  /// Whether another row has the same name and the same changes, such as that of another
  /// organization, and both are kept or neither.
  func hasSameChanges(as other: SeedPlanRow) -> Bool {
    address.names == other.address.names && changes == other.changes
      && (action == .keep) == (other.action == .keep)
  }

  /// The possible decisions about a row that an organization's own harness blocks, in words.
  func decisions(style: Style) -> [String] {
    guard reason.code == .nameOwnedByOrganization else { return [] }
    let address = address.withoutGroup.description.shellQuoted
    return [
      "\(style.literal("--adopt \(address)")) overwrites it with the built-in one",
      "\(style.literal("--accept-own \(address)")) leaves it alone, now and in later runs",
    ]
  }

  /// Whether the row is a creation without notes.
  fileprivate var isPlainCreation: Bool {
    reason == .missing(becomes: nil) && notes.isEmpty
  }

  /// Whether applying the row would overwrite a local edit.
  fileprivate var overwritesEdit: Bool { reason.code == .overwritesLocalEdit }

  /// The address, with the number of organizations of a folded row or the name of the only one.
  fileprivate var title: String {
    let address = namedAddress.escapingControls()
    return organizations.map { "\(address) x \(count($0, "organization"))" } ?? address
  }

  /// The sign of the row.
  fileprivate var symbol: String {
    overwritesEdit ? SeedAction.overwriteSymbol : action.symbol
  }
}

extension SeedAction {
  /// The sign of a row that overwrites a local edit.
  static let overwriteSymbol = "^"

  /// The sign of a row.
  var symbol: String {
    switch self {
    case .create: "+"
    case .update: "~"
    case .unchanged: " "
    case .skip: "o"
    case .keep: "="
    case .release: "<"
    case .delete: "-"
    case .blocked: "!"
    }
  }
}
