import Everruns
import Wording

/// Shows a change of a definition with what it means.
enum EditText {
  /// The change as programs read it.
  static func document(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References
  ) -> JSONValue {
    [
      "platform": .string(references.platform), "before": .string(references.before),
      "after": .optional(references.after), "changes": .array(edit.changes.map(\.document)),
      "impact": edit.impact.document,
    ]
  }

  /// The change as people read it.
  static func text(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, isDryRun: Bool,
    next: String, style: Style
  ) -> String {
    guard !edit.changes.isEmpty else {
      return "Nothing to do: '\(references.before.escapingControls())' is already like that.\n"
    }
    var lines = edit.changes.map { line($0, style) }
    lines += impactLines(edit.impact, style)
    let after = references.after ?? "not saved, this is a dry run"
    let result = "\(references.before) -> \(after): \(summary(edit.changes))"
    lines += ["", result.escapingControls()]
    if !isDryRun, !edit.impact.isEmpty {
      lines.append("See what seeding makes of it: \(next)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What changed, in half a sentence: `2 removed, 1 changed`.
  static func summary(_ changes: [DefinitionChange]) -> String {
    DefinitionChange.Operation.allCases.compactMap { operation in
      let number = changes.count { $0.operation == operation }
      return number == 0 ? nil : "\(number) \(operation.participle)"
    }.joined(separator: ", ")
  }

  private static func line(_ change: DefinitionChange, _ style: Style) -> String {
    let path = change.path.escapingControls()
    return switch change.operation {
    case .add: style.added("+ \(path)")
    case .remove: style.removed("- \(path)")
    case .change: style.changed("~ \(path)")
    case .reorder: style.changed("~ \(path): other order")
    }
  }

  private static func impactLines(_ impact: DefinitionImpact, _ style: Style) -> [String] {
    guard !impact.isEmpty else {
      return ["", "No capability, harness or seed row depends on it."]
    }
    var lines = impact.capabilities.map { capability in
      "  capability \(capability.id): misses \(capability.missing.joinedInQuotes)"
    }
    lines += impact.harnesses.map { harness in
      let notes = harness.notes.map(\.message).joined(separator: "; ")
      return "  harness \(harness.name): "
        + (notes.isEmpty ? harness.operation.participle : notes)
    }
    lines += impact.seedRows.map { row in
      "  \(row.address): \(row.before.rawValue) -> \(row.after.action.rawValue), "
        + row.after.message
    }
    return ["", style.heading("What depends on it")] + lines.map { $0.escapingControls() }
  }
}

extension DefinitionChange.Operation {
  /// What happened, as a participle.
  fileprivate var participle: String {
    switch self {
    case .add: "added"
    case .remove: "removed"
    case .change: "changed"
    case .reorder: "reordered"
    }
  }
}
