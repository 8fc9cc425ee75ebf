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
    dependentOptions: SeedingOptions.dependentOnApplying,
    examples: [
      Example("See what would change", "everrunsctl harnesses reconcile --dry-run"),
      Example("Update every organization", "everrunsctl harnesses reconcile --yes"),
    ],
    exitCodes: [.failure, .blocked, .stale, .busy],
    formats: [.text, .json, .jsonl, .yaml, .markdown]
  ) { session in
    try session.apply(try session.seedRequest(for: try session.platform(), scope: .harnesses))
  }
}
