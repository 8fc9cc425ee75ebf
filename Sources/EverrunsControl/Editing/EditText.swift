import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Messages

/// Shows a change of a definition with what it means.
enum EditText {
  /// The change as programs read it.
  static func document(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References
  ) -> JSONValue {
    [
      "platform": .string(references.platform), "before": .optional(references.before),
      "after": .optional(references.after), "changes": .array(edit.changes.map(\.document)),
      "impact": edit.impact.document,
    ]
  }

  /// The change as people read it.
  static func text(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, isDryRun: Bool,
    next: String, style: Style
  ) -> String {
    let before = references.before?.escapingControls() ?? ""
    guard !edit.changes.isEmpty else {
      return "Nothing to do: '\(before)' is already like that.\n"
    }
    var lines = ChangeText.lines(edit.changes, style: style)
    lines += impactLines(edit.impact, style)
    let after = references.after?.escapingControls() ?? "not saved, this is a dry run"
    lines += ["", "\(before) -> \(after): \(ChangeText.summary(edit.changes))"]
    if !isDryRun, !edit.impact.isEmpty {
      lines.append("See what seeding makes of it: \(next)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The saving of a definition under a new name, as people read it.
  static func creation(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, from origin: String
  ) -> String {
    let content = edit.after.countsInWords
    guard let after = references.after else {
      return "'\(references.platform)' would be created from '\(origin.escapingControls())': "
        + "\(content); this is a dry run.\n"
    }
    // What a definition is made from is known; what comes from a file may be news.
    return "\(origin.escapingControls()) -> \(after): created"
      + (edit.before == nil ? " with \(content)\n" : "\n")
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
    // What a capability, a harness or its parent misses stands above already.
    lines += impact.warnings
      .filter { ![.missingDependency, .unknownCapability, .unknownParent].contains($0.code) }
      .map { "  \($0.line(in: nil, style: .plain))" }
    return ["", style.heading("What depends on it")] + lines.map { $0.escapingControls() }
  }
}
