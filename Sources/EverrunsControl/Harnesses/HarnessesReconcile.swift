import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// `harnesses reconcile`.
enum HarnessesReconcile {
  static let command = Command<ControlAction>(
    "reconcile", summary: "Bring the built-in harnesses of all organizations up to date",
    discussion: """
      The harness part of 'seed apply': templates and the settings that name them, in every \
      organization that is in the store.
      """,
    options: SeedingOptions.planning + SeedingOptions.applying + MutationOptions.all,
    examples: [
      Example("Show what would be done", "everrunsctl harnesses reconcile --dry-run"),
      Example("Do it in every organization", "everrunsctl harnesses reconcile --yes"),
    ],
    exitCodes: [.failure, .blocked, .stale, .busy],
    formats: [.text, .json, .jsonl, .yaml, .markdown]
  ) { session in
    try session.apply(try session.seedRequest(for: try session.platform(), scope: .harnesses))
  }
}
