import CommandLineTree
import Everruns

/// `seed preview`.
enum SeedPreview {
  private static let exitCode = Flag(
    "exit-code", summary: "End with 2 if the plan makes or finds a difference")

  static let command = Command<ControlAction>(
    "preview", summary: "Show what seeding would do to the store, and why",
    discussion: """
      Compares the rows that the platform and the seed catalog call for with those of the store. \
      Nothing is changed. Every row has its reason; what is as it should be is only counted.
      """,
    options: [exitCode],
    examples: [
      Example("See what a new store would get", "everrunsctl seed preview"),
      Example(
        "See what a platform would leave out in production",
        "everrunsctl seed preview -p ./platform.yaml --grade prod"),
    ], exitCodes: [.failure, .differences, .badInput, .noInput],
    formats: [.text, .json, .yaml, .markdown]
  ) { session in
    let plan = try session.plan(for: try session.platform())
    try session.write(
      json: plan.document,
      text: session.format == .markdown
        ? PlanMarkdown.text(plan)
        : PlanText(
          style: session.style, isVerbose: session.arguments[GlobalOptions.verbose]
        ).text(plan))
    return session.arguments[exitCode] && plan.hasDifferences ? .differences : .success
  }
}
