import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `harnesses status`.
enum HarnessesStatus {
  static let command = Command<ControlAction>(
    "status", summary: "Compare the built-in harnesses of all organizations with the templates",
    discussion: """
      Each line is a template, with the number of organizations for each outcome; 'overwrite' counts \
      the updates that overwrite local edits. Built-in harnesses that left the definition have their \
      own lines. -v also shows which organizations are not up to date, and why. --org shows every \
      row of those organizations instead.
      """,
    options: [SeedingOptions.exitCode] + SeedingOptions.comparing,
    examples: [
      Example("Count the organizations that are out of date", "everrunsctl harnesses status"),
      Example(
        "Show every built-in harness of one organization",
        "everrunsctl harnesses status --org org_00000000000000000000000000000001"),
    ], exitCodes: [.failure, .differences, .badInput, .noInput],
    formats: .list,
    columns: ListColumns { arguments in
      arguments[SeedingOptions.organizations].isEmpty
        ? columns(isPruning: true).map(\.key) : SeedPlanRow.expandedKeys
    }
  ) { session in
    var request = try session.seedRequest(for: try session.platform(), scope: .harnesses)
    let code = try session.withFindings(request) { findings in
      try session.lacksDefaultOrganization(request, findings.rows)
        ? nil : try show(findings, of: request, session)
    }
    if let code { return code }
    // The default organization, which does not exist yet, is compared only with everything else.
    request.options.scope = .all
    return try session.withFindings(request) { findings in
      try show(findings.ofHarnesses(), of: request, session)
    }
  }

  private static func show(
    _ findings: SeedFindings, of request: SeedRequest, _ session: Session
  ) throws -> ExitCode {
    if request.options.organizations != nil, session.format != .name {
      try session.writeRows(request, findings)
    } else {
      try session.writeList(
        try entries(findings.rows, request.definition),
        columns: columns(isPruning: request.options.prune != nil), ifEmpty: .titles)
      if session.isVerboseText, !session.choosesColumns {
        try session.writeText(try differences(findings, session.style))
      }
    }
    return session.arguments[SeedingOptions.exitCode]
      && findings.summary.contains(where: \.isDifference) ? .differences : .success
  }

  // MARK: The counts of each template

  /// The number of organizations with each outcome of one template.
  private struct Entry: Listed {
    let name: String
    var counts = SeedSummary()

    var listName: String { name }

    var document: JSONObject {
      JSONObject(
        [JSONObject.Member(key: "name", value: .string(name))]
          + Outcome.allCases.map { .init(key: $0.rawValue, value: .integer($0.count(in: counts))) })
    }
  }

  /// The possible outcomes of a template in an organization, in output order.
  private enum Outcome: String, CaseIterable {
    case create, update, overwrite, unchanged, keep, release, delete, blocked

    func count(in summary: SeedSummary) -> Int {
      self == .overwrite
        ? summary.overwrites : SeedAction(rawValue: rawValue).map { summary[$0] } ?? 0
    }
  }

  /// The name and the outcomes; those of harnesses that left the definition are shown if `isPruning`,
  /// or if named.
  private static func columns(isPruning: Bool) -> [Column<Entry>] {
    [Column("name", isShortened: true) { $0.name }]
      + Outcome.allCases.map { outcome in
        Column(
          outcome.rawValue,
          visibility: isPruning || ![.release, .delete].contains(outcome) ? .always : .named,
          isNumber: true
        ) { String(outcome.count(in: $0.counts)) }
      }
  }

  private static func entries(
    _ rows: SeedPlanRows, _ definition: PlatformDefinition
  ) throws -> [Entry] {
    var entries = definition.builtInHarnesses.map { Entry(name: $0.name) }
    var places = Dictionary(
      entries.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    try rows.read { row in
      guard row.address.kind == .harness else { return }
      let place = places[row.name] ?? entries.count
      if place == entries.count {
        entries.append(Entry(name: row.name))
        places[row.name] = place
      }
      entries[place].counts.count(row)
    }
    return entries
  }
}

extension HarnessesStatus {
  /// A line for each outcome that is a difference, with the organizations that have it.
  private static func differences(_ findings: SeedFindings, _ style: Style) throws -> String {
    let filter = SeedRowFilter(
      kinds: [.harness], actions: SeedAction.allCases.filter(\.isDifference))
    var text = ""
    try findings.visit(.foldedNamingAll, filter) { row in
      let organizations =
        row.organizations.map { row.examples.words(of: $0) }
        ?? NamedOrganization(publicID: row.organization ?? "", name: row.organizationName ?? "")
        .shownName
      text += "  \(style.heading(row.name.escapingControls()))  \(row.reason.line)\n"
      text += "      " + style.faint("in \(organizations)".escapingControls()) + "\n"
    }
    return text.isEmpty ? "" : "\n" + text
  }
}

/// A row of a plan in a list.
private struct ListedRow: Listed {
  let listName: String
  let document: JSONObject
}

extension Session {
  /// Writes every row of the named organizations.
  fileprivate func writeRows(_ request: SeedRequest, _ findings: SeedFindings) throws {
    let rows = try findings.list(.expanded, SeedRowFilter())
    guard format == .text, !choosesColumns else {
      let listed = try rows.collected().compactMap { row in
        row.document.object.map { ListedRow(listName: row.name, document: $0) }
      }
      // Not every row has every key.
      let present = Set(listed.flatMap(\.document.members).map(\.key))
      let columns = SeedPlanRow.expandedKeys.map { key in
        Column<ListedRow>(key, visibility: present.contains(key) ? .always : .named)
      }
      return try writeList(listed, columns: columns, ifEmpty: .nothing)
    }
    try writeText(
      ShownPlan(plan: request.plan(findings), rows: rows, run: request.run), to: context.output,
      isVerbose: true)
  }
}
