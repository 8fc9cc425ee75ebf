import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// `harnesses reconcile`.
enum HarnessesReconcile {
  static let command = Command<ControlAction>(
    "reconcile", summary: "Bring the built-in harnesses of all organizations up to date",
    discussion: """
      The harness part of 'seed apply': built-in harnesses and the settings that refer to them, in \
      every organization of the store.
      """,
    options: SeedingOptions.planning + SeedingOptions.applying + MutationOptions.all,
    examples: [
      Example("See what would change", "everrunsctl harnesses reconcile --dry-run"),
      Example("Update every organization", "everrunsctl harnesses reconcile --yes"),
    ],
    exitCodes: [.failure, .blocked, .stale, .busy],
    formats: [.text, .json, .jsonl, .yaml, .markdown]
  ) { session in
    let request = try session.seedRequest(for: try session.platform(), scope: .harnesses)
    try session.noteMissingDefaultOrganization(request)
    return try session.apply(request)
  }
}

extension Session {
  /// Notes that the default organization, whose harnesses are meant too, does not exist yet: only
  /// `seed apply` creates it.
  func noteMissingDefaultOrganization(_ request: SeedRequest) throws {
    let home = request.catalog.organization.publicID
    guard request.options.organizations?.contains(home) ?? true,
      try storeForReading()?.organizations(named: home).contains(where: { $0.publicID == home })
        != true
    else { return }
    let command = next((["seed apply"] + seedingWords).joined(separator: " "))
    note("the default organization does not exist yet; '\(command)' creates it")
  }
}
