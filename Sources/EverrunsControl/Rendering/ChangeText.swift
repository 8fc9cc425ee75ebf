import Everruns
import EverrunsDocuments
import Messages

/// Renders the differences between two definitions.
enum ChangeText {
  /// The changes as text.
  static func lines(_ shown: ShownChanges, style: Style) -> [String] {
    shown.renames.map { style.changed("~ \($0.path.escapingControls())") + renamed($0) }
      + lines(shown.changes, style: style)
  }

  private static func lines(_ changes: [DefinitionChange], style: Style) -> [String] {
    changes.flatMap { change -> [String] in
      let path = change.path.escapingControls()
      return switch change.operation {
      case .add: [style.added("+ \(path)")]
      case .remove: [style.removed("- \(path)")]
      case .change:
        ValueDifference.lines(
          style.changed("~ \(path)"), from: change.before, to: change.after, style: style)
      case .reorder: [style.changed("~ \(path): other order") + moves(change)]
      }
    }
  }

  /// How many components of another order are named.
  private static let movesNamed = 8

  /// What moved: `  generic after base, chat first`.
  private static func moves(_ change: DefinitionChange) -> String {
    let old = change.before.array?.compactMap(\.string) ?? []
    let new = change.after.array?.compactMap(\.string) ?? []
    // The fewest components whose moves lead from one order to the other.
    let positions = Dictionary(firstByKey: old.enumerated().map { (ExactText($1), $0) })
    let previous = new.map { positions[ExactText($0)] }
    // From the end, so that of two that swap places the first one counts as moved.
    let kept = Set(
      previous.compactMap(\.self).reversed().map { -$0 }.longestIncreasingSubsequence.map { -$0 })
    let moved = new.indices.filter { index in previous[index].map { !kept.contains($0) } ?? true }
    let words = moved.map { index in
      new[index].escapingControls()
        + (index == 0 ? " first" : " after \(new[index - 1].escapingControls())")
    }
    let named = words.prefix(movesNamed)
    let rest = words.count - named.count
    return "  " + (named + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ")
  }

  private static func renamed(_ rename: ShownChanges.Rename) -> String {
    " renamed to \(rename.new.quoted)"
  }

  /// A count of the changes: `2 removed, 1 renamed`.
  static func summary(_ shown: ShownChanges) -> String {
    var counts = counts(shown.changes).map { ($0.number, $0.operation.participle) }
    counts.insert((shown.renames.count, "renamed"), at: 2)
    return counts.filter { $0.0 > 0 }.map { "\($0) \($1)" }.joined(separator: ", ")
  }

  /// How many changes a line of a history names.
  private static let named = 3

  /// The changes by name, for the history: `- capabilities/daytona, ~ drivers/openai/display_name`.
  static func names(_ shown: ShownChanges) -> String {
    let all =
      shown.renames.map { "~ \($0.path)" + renamed($0) }
      + shown.changes.map { "\($0.operation.sign) \($0.path)" }
    let names = all.prefix(named)
    let rest = all.count - names.count
    return (names + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ")
  }

  /// The number of changes of each operation, as an object.
  static func document(_ changes: [DefinitionChange]) -> JSONValue {
    .object(
      JSONObject(
        counts(changes).map {
          JSONObject.Member(key: $0.operation.rawValue, value: .integer($0.number))
        }))
  }

  private static func counts(
    _ changes: [DefinitionChange]
  ) -> [(operation: DefinitionChange.Operation, number: Int)] {
    DefinitionChange.Operation.allCases.map { operation in
      (operation, changes.count { $0.operation == operation })
    }
  }
}

extension DefinitionChange.Operation {
  /// The sign of the change.
  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .remove: "-"
    case .change, .reorder: "~"
    }
  }

  /// The operation, as a participle.
  var participle: String {
    switch self {
    case .add: "added"
    case .remove: "removed"
    case .change: "changed"
    case .reorder: "reordered"
    }
  }
}
