import Everruns
import EverrunsSeeding
import Messages

/// Shows a plan to people: what needs a decision first, then what is done, by kind; rows that are
/// as they should be only as a number.
struct PlanText {
  let style: Style
  /// Whether every row is shown, also those that are as they should be.
  let isVerbose: Bool

  /// How many plain creations of a kind are shown before the rest is only counted.
  private static let creationsShown = 8

  /// Writes the plan.
  ///
  /// - Parameters:
  ///   - isOutcomeKnown: Whether the plan was carried out, and its end says so.
  ///   - end: The last line, if there is one: what to do next, or what was done.
  ///   - output: Takes each piece of the text, whole lines of it.
  func write(
    _ plan: SeedPlan, isOutcomeKnown: Bool = false, end: () throws -> String? = { nil },
    to output: (String) throws -> Void
  ) throws {
    try output(heading(plan) + "\n\n")
    for group in try groups(plan.rows) { try write(group, of: plan.rows, to: output) }
    let end = try end().map { $0 + "\n" } ?? ""
    try output(summary(plan, isOutcomeKnown: isOutcomeKnown) + "\n" + end)
  }

  private func heading(_ plan: SeedPlan) -> String {
    let header = plan.header
    let revision = header.platformRevision.map { " revision \($0)" } ?? ""
    let store =
      header.store.id == nil ? "a new store" : "the store at serial \(header.store.serial)"
    return style.heading(
      "Plan for \(store), platform '\(header.platform.ref.escapingControls())'\(revision), "
        + "grade \(header.grade.rawValue)")
  }

  /// The rows of one kind that stand together: where they are, and what their layout depends on.
  private struct Group {
    let kind: RecordKind
    var range: Range<Int>
    var summary = SeedSummary()
    /// How many are plain creations.
    var plainCount = 0
    /// How wide the addresses are that have a reason beside them.
    var width = 0
  }

  private func groups(_ rows: SeedPlanRows) throws -> [Group] {
    var groups: [Group] = []
    var number = 0
    try rows.read { row in
      let kind = row.address.kind
      var group =
        groups.last?.kind == kind ? groups.removeLast() : Group(kind: kind, range: number..<number)
      number += 1
      group.range = group.range.lowerBound..<number
      group.summary.count(row)
      if row.isPlainCreation { group.plainCount += 1 }
      if isShown(row), isVerbose || !row.isPlainCreation {
        group.width = max(group.width, row.title.displayWidth)
      }
      groups.append(group)
    }
    return groups
  }

  private func isShown(_ row: SeedPlanRow) -> Bool { isVerbose || row.action != .unchanged }

  private func write(
    _ group: Group, of rows: SeedPlanRows, to output: (String) throws -> Void
  ) throws {
    guard isVerbose || group.summary.contains(where: { $0 != .unchanged }) else { return }
    let counts = style.faint("  " + group.summary.words)
    try output(style.heading(group.kind.rawValue) + counts + "\n")
    let hidden =
      isVerbose || group.plainCount <= Self.creationsShown
      ? 0 : group.plainCount - Self.creationsShown + 1
    func write(where isMeant: (SeedPlanRow) -> Bool) throws {
      try rows.read(in: group.range) { row in
        guard isShown(row), isMeant(row) else { return }
        try output(line(row, width: group.width).map { $0 + "\n" }.joined())
      }
    }
    // What somebody may have to decide about comes first; plain creations hold no surprise.
    if group.summary[.blocked] > 0 { try write { $0.action == .blocked } }
    try write { $0.action != .blocked && !$0.isPlainCreation }
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

  private func line(_ row: SeedPlanRow, width: Int) -> [String] {
    // That a plain creation is not in the store yet goes without saying.
    let isBrief = row.isPlainCreation && !isVerbose
    let title = isBrief ? row.title : row.title.padded(to: width)
    let reason =
      isBrief ? "" : "  \(row.reason.code.rawValue): \(row.reason.message.escapingControls())"
    return ["  " + paint(row.action, "\(row.action.symbol) \(title)") + reason]
      + row.changes.flatMap(change)
      + row.notes.map { "      \(style.faint($0.code.rawValue)): \($0.message.escapingControls())" }
      + (row.action == .blocked ? decisions(about: row) : [])
  }

  /// What somebody can decide about a row that is blocked.
  private func decisions(about row: SeedPlanRow) -> [String] {
    let address = row.address.description.shellQuoted
    return [
      "      \(style.literal("--adopt \(address)")) makes it the built-in one",
      "      \(style.literal("--accept-own \(address)")) lets it stay, now and later",
    ]
  }

  private func change(_ change: FieldChange) -> [String] {
    ValueDifference.lines(
      "      \(change.field)", from: change.before, to: change.after, style: style)
  }

  private func paint(_ action: SeedAction, _ text: String) -> String {
    switch action {
    case .create: style.added(text)
    case .update: style.changed(text)
    case .delete, .blocked: style.removed(text)
    case .skip, .release: style.warning(text)
    case .unchanged, .keep: style.faint(text)
    }
  }

  private func summary(_ plan: SeedPlan, isOutcomeKnown: Bool) -> String {
    let what = plan.hasDifferences || isOutcomeKnown ? "" : "Nothing to do. "
    let counts = plan.summary.total == 0 ? "" : plan.summary.words + "; "
    return style.heading(what + counts + count(plan.summary.total, "row"))
  }
}

extension SeedPlanRow {
  /// Whether there is no more to say than that the row is made.
  fileprivate var isPlainCreation: Bool {
    reason == .missing(becomes: nil) && notes.isEmpty
  }

  /// The address, with the number of organizations a folded row stands for.
  fileprivate var title: String {
    address.description.escapingControls()
      + (organizations.map { "  x \(count($0, "organization"))" } ?? "")
  }
}

extension SeedAction {
  /// The sign in front of a row.
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
