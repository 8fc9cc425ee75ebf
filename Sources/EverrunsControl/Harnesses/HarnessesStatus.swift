import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `harnesses status`.
enum HarnessesStatus {
  /// How many organizations have each outcome for one template.
  private struct Entry: Listed {
    let name: String
    let counts: SeedSummary
    let actions: [SeedAction]

    /// The actions that are counted; release and delete cannot happen without pruning.
    static func actions(_ options: SeedOptions) -> [SeedAction] {
      [.create, .update, .unchanged, .keep, .blocked]
        + (options.prune == nil ? [] : [.release, .delete])
    }

    var listName: String { name }

    var document: JSONObject {
      JSONObject(
        [JSONObject.Member(key: "name", value: .string(name))]
          + actions.map {
            JSONObject.Member(key: $0.rawValue, value: .integer(counts[$0]))
          })
    }
  }

  private static func columns(_ actions: [SeedAction]) -> [Column<Entry>] {
    [Column("name") { $0.name }]
      + actions.map { action in
        Column(action.rawValue) { String($0.counts[action]) }
      }
  }

  static let command = Command<ControlAction>(
    "status", summary: "Compare the built-in harnesses of all organizations with the templates",
    discussion: """
      One line a template, with the number of organizations that have each outcome. With --org, \
      every row of those organizations.
      """,
    options: [SeedingOptions.exitCode] + SeedingOptions.all,
    examples: [Example("Count what is out of date", "everrunsctl harnesses status")],
    exitCodes: [.failure, .differences],
    formats: [.text, .json, .yaml, .name]
  ) { session in
    let request = try session.seedRequest(for: try session.platform(), scope: .harnesses)
    return try session.withPlan(request) { plan in
      if request.options.organizations != nil, session.format != .name {
        try session.write(rowsOf: plan)
      } else {
        let actions = Entry.actions(request.options)
        try session.writeList(
          try entries(plan.rows, actions, request.definition), columns: columns(actions),
          ifEmpty: .titles)
      }
      return session.arguments[SeedingOptions.exitCode] && plan.hasDifferences
        ? .differences : .success
    }
  }

  private static func entries(
    _ rows: SeedPlanRows, _ actions: [SeedAction], _ definition: PlatformDefinition
  ) throws -> [Entry] {
    var order = definition.builtInHarnesses.map(\.name)
    var counts: [String: SeedSummary] = [:]
    try rows.read { row in
      guard row.address.kind == .harness else { return }
      if counts[row.name] == nil, !order.contains(row.name) { order.append(row.name) }
      counts[row.name, default: SeedSummary()].count(row)
    }
    return order.map {
      Entry(name: $0, counts: counts[$0] ?? SeedSummary(), actions: actions)
    }
  }
}
