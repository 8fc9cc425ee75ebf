import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Messages

/// Shows a change of a definition with what it means.
enum EditText {
  /// The change as programs read it.
  static func document(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, _ impact: DefinitionImpact
  ) -> JSONValue {
    [
      "platform": .string(references.platform), "before": .optional(references.before),
      "after": .optional(references.after), "changes": .array(edit.changes.map(\.document)),
      "impact": impact.document,
    ]
  }

  /// The change as people read it.
  ///
  /// - Parameters:
  ///   - isBrief: Whether only the outcome is wanted.
  ///   - next: The command to run next.
  static func text(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, _ impact: DefinitionImpact,
    isDryRun: Bool, isBrief: Bool, next: String, style: Style
  ) -> String {
    let before = references.before?.escapingControls() ?? ""
    guard !edit.changes.isEmpty else { return "Nothing to do: '\(before)' already matches.\n" }
    let summary = ChangeText.summary(edit.changes)
    let outcome =
      isDryRun
      ? "Dry run: \(before) not changed (\(summary))"
      : "\(before) -> \(references.after?.escapingControls() ?? ""): \(summary)"
    guard !isBrief else { return outcome + "\n" }
    var lines = ChangeText.lines(edit.changes, style: style)
    let impactLines = ImpactText(impact: impact).lines
    if !impactLines.isEmpty {
      lines += ["", style.heading("Impact")] + impactLines.map { "  " + $0.escapingControls() }
    }
    lines += ["", outcome]
    if !isDryRun, !impact.isEmpty { lines.append("Next: \(next)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The saving of a definition under a new name, as people read it.
  static func creation(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, from origin: String
  ) -> String {
    let content = edit.after.countsInWords
    let origin = origin.escapingControls()
    guard let after = references.after else {
      return "Dry run: '\(references.platform)' not created from '\(origin)' (\(content))\n"
    }
    // What a definition is made from is known; what comes from a file may be news.
    return "\(origin) -> \(after): created" + (edit.before == nil ? " with \(content)\n" : "\n")
  }
}

/// Says in lines what a change means beyond itself.
private struct ImpactText {
  let impact: DefinitionImpact

  var lines: [String] {
    impact.capabilities.map { "capability \($0.id): misses \($0.missing.joinedInQuotes)" }
      + impact.harnesses.compactMap(line) + impact.seedRows.map(line)
      + impact.agents.map { agent in
        "agent '\(agent.name)' of \(agent.organization): loses \(agent.loses.joinedInQuotes)"
      }
  }

  /// A line about a harness; none where it would only repeat the change.
  private func line(_ harness: DefinitionImpact.Harness) -> String? {
    let change = harness.change
    var parts: [String] = []
    // What a template gains that is new, and loses that is gone, is the change itself.
    if change.operation == .change {
      parts += Self.part("gains", change.gains) + Self.part("loses", change.loses)
      parts += Self.part("reconfigures", change.isInherited ? change.reconfigures : [])
      parts += Self.part("gains the prompt of", change.gainsPromptsOf)
      parts += Self.part("loses the prompt of", change.losesPromptsOf)
      parts += Self.part("inherits a changed prompt of", change.changesPromptsOf)
    }
    parts += harness.notes.map(\.message)
    parts += SeedAction.allCases.filter { harness.organizations[$0] > 0 }.map { action in
      "\(action.participle) in \(count(harness.organizations[action], "organization"))"
    }
    return parts.isEmpty ? nil : "harness \(change.name): \(parts.joined(separator: "; "))"
  }

  /// Up to this many names are listed; of more, the first ones and their number.
  private static let listed = 4

  private static func part(_ verb: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    guard names.count > listed else { return ["\(verb) \(names.joinedInQuotes)"] }
    let shown = names.prefix(listed - 1).map(\.quoted).joined(separator: ", ")
    return ["\(verb) \(names.count): \(shown) and \(names.count - listed + 1) more"]
  }

  private func line(_ row: DefinitionImpact.SeedRow) -> String {
    let stays = row.exists == true ? "; the row stays" : ""
    let after = row.after.map { "\($0.action.rawValue), \($0.message)" } ?? "not seeded"
    return "\(row.address): \(row.before?.rawValue ?? "new") -> \(after)\(stays)"
  }
}

extension SeedAction {
  /// What happens to rows, as a participle.
  fileprivate var participle: String {
    switch self {
    case .create: "created"
    case .update: "updated"
    case .unchanged: "unchanged"
    case .keep: "kept"
    case .skip: "skipped"
    case .release: "released"
    case .delete: "deleted"
    case .blocked: "blocked"
    }
  }
}
