import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// Renders a change of a definition with its impact.
enum EditText {
  /// The change as JSON.
  static func document(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, _ impact: DefinitionImpact
  ) -> JSONValue {
    [
      "platform": .string(references.platform), "before": .optional(references.before),
      "after": .optional(references.after), "changes": .array(edit.changes.map(\.document)),
      "impact": impact.document,
    ]
  }

  /// The change as text.
  ///
  /// - Parameters:
  ///   - edit: The change.
  ///   - references: The references of both sides after saving.
  ///   - impact: The impact of the change.
  ///   - movesOrigin: Whether the content stays, and only the origin is new.
  ///   - merged: The definition that was merged, if it differs from the result.
  ///   - isDryRun: Whether the change was not saved.
  ///   - isBrief: Whether to show only the outcome.
  ///   - isVerbose: Whether to show long lists in full.
  ///   - renames: Lines that propose to declare renames.
  ///   - next: The command to run next.
  ///   - style: The style of the terminal.
  /// - Returns: Lines that end with a newline.
  static func text(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, _ impact: DefinitionImpact,
    movesOrigin: Bool, merged: String?, isDryRun: Bool, isBrief: Bool, isVerbose: Bool,
    renames: [String],
    next: String, style: Style
  ) -> String {
    let before = references.before?.escapingControls() ?? ""
    guard !edit.changes.isEmpty || movesOrigin else {
      return merged.map {
        "Nothing to do: no changes of \($0.quoted) to merge; those of '\(before)' stay.\n"
      } ?? "Nothing to do: '\(before)' already matches.\n"
    }
    let summary = movesOrigin ? movedOrigin : ChangeText.summary(edit.shown)
    // A preset is saved under another name.
    let changed = if case .preset? = edit.before?.target { references.platform } else { before }
    let outcome =
      isDryRun
      ? "Dry run: nothing was saved; \(changed) would get: \(summary)"
      // A file keeps its name.
      : (references.after.flatMap { $0 == references.before ? nil : $0 }).map {
        "\(before) -> \($0.escapingControls()): \(summary)"
      } ?? "\(before): \(summary)"
    let warnings = warningLines(impact.warnings, in: nil, style)
    guard !isBrief, !movesOrigin else { return ([outcome] + warnings).map { $0 + "\n" }.joined() }
    var lines = ChangeText.lines(edit.shown, style: style)
    let impactLines =
      ImpactText(impact: impact, isVerbose: isVerbose).lines
      .map { "  " + $0.escapingControls() } + warnings
    if !impactLines.isEmpty { lines += ["", style.heading("Impact")] + impactLines }
    lines += ["", outcome]
    if !impact.isEmpty { lines += renames + (isDryRun ? [] : ["Next: \(next)"]) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The summary of a revision of which only the origin is new.
  static let movedOrigin = "same content, new base for the next upgrade"

  private static func warningLines(
    _ warnings: [Diagnostic], in source: String?, _ style: Style
  ) -> [String] {
    warnings.flatMap { $0.lines(in: source, style: style) }.map { "  " + $0 }
  }

  /// The creation of a saved definition, as text; `source` is the file of the warnings, if there is
  /// one.
  static func creation(
    _ edit: DefinitionEdit, _ references: DefinitionEdit.References, from origin: String,
    _ warnings: [Diagnostic], in source: String?, style: Style
  ) -> String {
    let content = edit.after.countsInWords
    let origin = origin.escapingControls()
    let outcome =
      references.after.map { after in
        // Warnings of the base are known already; those of a file may be new.
        "\(origin) -> \(after): created" + (edit.before == nil ? " with \(content)" : "")
      } ?? "Dry run: '\(references.platform)' not created from '\(origin)' (\(content))"
    return ([outcome] + warningLines(warnings, in: source, style)).map { $0 + "\n" }.joined()
  }
}

/// Appends the lines of a change's impact.
private struct ImpactText {
  let impact: DefinitionImpact
  let isVerbose: Bool

  var lines: [String] {
    impact.capabilities.map { "capability \($0.id): misses \($0.missing.joinedInQuotes)" }
      + impact.harnesses.compactMap(line) + seedRows
      + ownRows(
        "harness",
        impact.ownHarnesses.map { ($0.name, $0.organization, parts(of: $0.change)) })
      + ownRows(
        "agent",
        impact.agents.map { ($0.name, $0.organization, part("loses", $0.loses)) })
  }

  /// The lines of rows that belong to organizations; many with equal effects share one.
  private func ownRows(
    _ noun: String, _ rows: [(name: String, organization: NamedOrganization, effects: [String])]
  ) -> [String] {
    let groups = Dictionary(grouping: rows.indices) { rows[$0].effects }
    return groups.values.sorted { $0[0] < $1[0] }.flatMap { group -> [String] in
      let names = group.map { index -> String in
        let organization = rows[index].organization
        let id = organization.name.isEmpty ? "" : " (\(organization.publicID))"
        return "'\(rows[index].name)' of \(organization.shownName)\(id)"
      }
      let effects = rows[group[0]].effects.joined(separator: "; ")
      return (abridged(names).map { [$0] } ?? names).map { "\(noun) \($0): \(effects)" }
    }
  }

  /// The line of a harness; `nil` if it would only repeat the change.
  private func line(_ harness: DefinitionImpact.Harness) -> String? {
    let change = harness.change
    var parts: [String] = []
    // New capabilities that are gained and removed ones that are lost are the change itself.
    if change.operation == .change { parts += self.parts(of: change) }
    parts += harness.notes.filter { $0.code != .capabilitiesDropped || change.loses.isEmpty }
      .map(\.message)
    parts += outcomes(in: harness.organizations)
    return parts.isEmpty ? nil : "harness \(change.name): \(parts.joined(separator: "; "))"
  }

  /// What a harness gains and loses.
  private func parts(of change: EffectiveHarnessChange) -> [String] {
    part("gains", change.gains) + part("loses", change.loses)
      + part("reconfigures", change.isInherited ? change.reconfigures : [])
      + part("gains the prompt of", change.gainsPromptsOf)
      + part("loses the prompt of", change.losesPromptsOf)
      + part("inherits a changed prompt of", change.changesPromptsOf)
  }

  /// What happens to the rows of a template; a renamed one is said to be that, not updated.
  private func outcomes(in organizations: SeedSummary) -> [String] {
    let renamed = organizations[.renamed]
    let outcomes =
      [("renamed", renamed)]
      + SeedAction.allCases.map { action in
        (action.participle, organizations[action] - (action == .update ? renamed : 0))
      }
    return outcomes.filter { $0.1 > 0 }.map { participle, number in
      "\(participle) in \(count(number, "organization"))"
        + (participle == SeedAction.update.participle ? organizations.overwritesInWords : "")
    }
  }

  /// Up to this many names are listed; of more, the first ones and the count.
  private static let listed = 4

  private func part(_ verb: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    return [
      abridged(names.map(\.quoted)).map { "\(verb) \(names.count): \($0)" }
        ?? "\(verb) \(names.joinedInQuotes)"
    ]
  }

  /// The first of many names and the count of the others; `nil` if all are to be listed.
  private func abridged(_ names: [String]) -> String? {
    guard names.count > Self.listed, !isVerbose else { return nil }
    return Array(names.prefix(Self.listed - 1)).joined(asFirstOf: names.count)
  }

  /// The lines of rows; many of a kind with equal changes are folded.
  private var seedRows: [String] {
    var groups: [(key: [String], rows: [DefinitionImpact.SeedRow])] = []
    for row in impact.seedRows {
      let key = [row.address.kind.rawValue, change(of: row, isOne: true)]
      if row.organizations == nil, let last = groups.last, last.key == key {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append((row.organizations == nil ? key : [], [row]))
      }
    }
    return groups.flatMap { _, rows -> [String] in
      guard let names = abridged(rows.map(\.address.description)) else { return rows.map(line) }
      return ["\(names): \(change(of: rows[0], isOne: false))"]
    }
  }

  private func line(_ row: DefinitionImpact.SeedRow) -> String {
    let organizations =
      row.organizations.map { number in
        " x \(count(number, "organization")) (\(row.examples.words(of: number)))"
      } ?? ""
    return row.address.description(naming: row.examples.first?.name) + organizations + ": "
      + change(of: row, isOne: row.organizations == nil)
  }

  private func change(of row: DefinitionImpact.SeedRow, isOne: Bool) -> String {
    let stays = row.exists == true ? "; the row\(isOne ? " stays" : "s stay")" : ""
    if let after = row.after, after.action == row.before {
      return "still \(after.action.participle), \(after.message)\(stays)"
    }
    let after = row.after.map { "\($0.action.rawValue), \($0.message)" } ?? "not seeded"
    return "\(row.before?.rawValue ?? "new") -> \(after)\(stays)"
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
