import Everruns
import Wording

/// Shows a plan to people: what needs a decision first, then what is done, by kind; rows that are
/// as they should be only as a number.
struct PlanText {
  let style: Style
  /// Whether every row is shown, also those that are as they should be.
  let isVerbose: Bool

  /// How many plain creations of a kind are shown before the rest is only counted.
  private static let creationsShown = 8

  /// The plan, ending with what to do next or with what was done.
  ///
  /// - Parameters:
  ///   - next: The command that applies the plan.
  ///   - outcome: What was done, for a plan that was carried out.
  func text(_ plan: SeedPlan, next: String? = nil, outcome: String? = nil) -> String {
    let sections = groups(plan.rows).map(section).filter { !$0.isEmpty }
    let body = sections.flatMap { $0 + [""] }
    let end =
      if let outcome { [outcome] } else if let next, plan.hasDifferences {
        ["Apply it: \(style.literal(next))"]
      } else { [String]() }
    return ([heading(plan), ""] + body + summary(plan, isOutcomeKnown: outcome != nil) + end).map {
      $0 + "\n"
    }.joined()
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

  /// The rows of one kind that stand together.
  private func groups(_ rows: [SeedPlanRow]) -> [[SeedPlanRow]] {
    rows.reduce(into: []) { groups, row in
      if groups.last?.last?.address.kind == row.address.kind {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
  }

  private func section(_ rows: [SeedPlanRow]) -> [String] {
    guard let kind = rows.first?.address.kind else { return [] }
    let shown = isVerbose ? rows : rows.filter { $0.action != .unchanged }
    guard !shown.isEmpty else { return [] }
    let title = style.heading(kind.rawValue) + style.faint("  " + SeedPlan.summary(of: rows))
    return [title] + lines(shown)
  }

  private func lines(_ rows: [SeedPlanRow]) -> [String] {
    let plain = rows.filter(\.isPlainCreation)
    let hidden =
      isVerbose || plain.count <= Self.creationsShown ? 0 : plain.count - Self.creationsShown + 1
    let dropped = Set(plain.suffix(hidden).map(\.address))
    // What somebody may have to decide about comes first; plain creations hold no surprise.
    let kept =
      rows.filter { $0.action == .blocked }
      + rows.filter { $0.action != .blocked && !$0.isPlainCreation }
      + plain.filter { !dropped.contains($0.address) }
    let width =
      kept.filter { isVerbose || !$0.isPlainCreation }.map { $0.title.displayWidth }.max() ?? 0
    return kept.flatMap { line($0, width: width) }
      + (hidden == 0 ? [] : [style.faint("    and \(hidden) more to create; -v shows all")])
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

  private func summary(_ plan: SeedPlan, isOutcomeKnown: Bool) -> [String] {
    let total = plan.summary.values.reduce(0, +)
    let what = plan.hasDifferences || isOutcomeKnown ? "" : "Nothing to do. "
    let counts = total == 0 ? "" : SeedPlan.summary(of: plan.rows) + "; "
    return [style.heading(what + counts + count(total, "row"))]
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
