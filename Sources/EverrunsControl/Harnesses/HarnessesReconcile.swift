import CommandLineTree
import Everruns
import EverrunsSeeding

/// `harnesses reconcile`.
enum HarnessesReconcile {
  static let command = Command<ControlAction>(
    "reconcile", summary: "Bring the built-in harnesses of all organizations up to date",
    discussion: """
      The harness part of 'seed apply': templates and the settings that name them, in every \
      organization that is in the store.
      """,
    options: [SeedingOptions.strict, SeedingOptions.backup, OutputOptions.force]
      + SeedingOptions.all + MutationOptions.all,
    examples: [
      Example("See what it would do", "everrunsctl harnesses reconcile --dry-run")
    ],
    exitCodes: [.failure, .blocked, .stale, .busy], formats: [.text, .json, .yaml, .markdown]
  ) { session in
    try session.apply(try session.seedRequest(for: try session.platform(), scope: .harnesses))
  }
}
