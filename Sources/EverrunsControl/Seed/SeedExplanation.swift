import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// The explanation of a row: each rule that was checked, with its value and the source of that
/// value, then the content of the row.
struct SeedExplanation {
  /// One line of an explanation.
  struct Step {
    let rule: String
    let value: String
    let source: String

    var document: JSONValue {
      ["rule": .string(rule), "value": .string(value), "source": .string(source)]
    }
  }

  let row: SeedPlanRow
  /// The rules that were checked.
  private let steps: [Step]
  /// The changes of the row.
  private let changes: [Step]

  init(_ explained: ExplainedRow, _ request: SeedRequest, _ store: SeedPlan.StoreState) {
    row = explained.row
    let storeName = store.id == nil ? "a new store" : "store, serial \(store.serial)"
    var steps = explained.trace.steps.map { step in
      Step(
        rule: step.rule, value: step.value,
        source: Self.words(for: step.source, request, storeName: storeName))
    }
    if let number = row.organizations {
      steps.append(
        Step(
          rule: "organizations", value: row.examples.words(of: number), source: storeName))
    }
    if row.exists ?? (row.action != .create), let id = row.id {
      steps.append(Step(rule: "its id", value: id, source: storeName))
    }
    self.steps = steps
    changes = row.changes.map { change in
      Step(
        rule: "'\(change.field)' differs",
        value: "\(change.before.canonicalJSON) -> \(change.after.canonicalJSON)",
        source: storeName)
    }
  }

  private static func words(
    for source: DecisionTrace.Source, _ request: SeedRequest, storeName: String
  ) -> String {
    switch source {
    case .catalog: "catalog '\(request.catalogSource.ref)'"
    case .platform: "platform '\(request.platform.reference)'"
    case .grade: request.gradeSource.words
    case .store: storeName
    case .plan: "this plan"
    case .lastApplied: "what seeding last applied"
    case .option(let option): "option --\(option.rawValue)"
    case .earlierAcceptance: "an earlier --accept-own"
    case .noOption: ValueSource.Origin.default.words
    }
  }

  /// The explanation as JSON.
  var document: JSONValue {
    [
      "address": .string(row.address.description), "action": .string(row.action.rawValue),
      "reason": row.reason.document, "trace": .array((steps + changes).map(\.document)),
      "row": row.document,
    ]
  }

  /// The explanation as text, with changed values in full if `isVerbose`, else with their
  /// differences; `width` is that of the terminal, if there is one.
  func text(style: Style, isVerbose: Bool, width: Int?) -> String {
    let title = style.heading("\(row.namedAddress.escapingControls())  \(row.action.rawValue)")
    let shown = isVerbose ? steps + changes : steps
    let column = Step.ruleColumn(of: shown, in: width)
    let lines = shown.map { step in
      "  \(step.shownRule.padded(to: column))  \(step.shownValue)" + style.faint(step.shownSource)
    }
    let notes = row.notes.map { "  \($0.code.rawValue): \($0.message.escapingControls())" }
    let differences = row.changes.flatMap { change in
      ValueDifference.lines(
        "  '\(change.field)' differs", from: change.before, to: change.after, style: style)
    }
    return
      ([title] + lines + (isVerbose ? [] : differences)
      + ["  -> \(row.reason.line)"] + row.decisions(style: style).map { "     \($0)" } + notes)
      .map { $0 + "\n" }.joined()
  }
}

extension SeedExplanation.Step {
  fileprivate var shownRule: String { rule.escapingControls() }
  fileprivate var shownValue: String { value.escapingControls() }
  fileprivate var shownSource: String { "  (\(source.escapingControls()))" }

  /// How wide to pad the rules of some steps: all of them, or as many as leave the most lines
  /// unbroken on a terminal of a width.
  fileprivate static func ruleColumn(of steps: [Self], in width: Int?) -> Int {
    let columns = steps.map(\.shownRule.displayWidth).sorted(by: >)
    guard let width else { return columns.first ?? 0 }
    func broken(at column: Int) -> Int {
      steps.count { step in
        2 + max(column, step.shownRule.displayWidth) + 2 + step.shownValue.displayWidth
          + step.shownSource.displayWidth > width
      }
    }
    return columns.min { broken(at: $0) < broken(at: $1) } ?? 0
  }
}
