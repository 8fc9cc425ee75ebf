import CommandLineTree
import Everruns
import Wording

/// `seed preview`.
enum SeedPreview {
  private static let out = ValueOption(
    "out", .file(extensions: ["json"]), valueName: "PLAN",
    summary: "Save the plan, for 'seed apply'")

  static let command = Command<ControlAction>(
    "preview", summary: "Show what seeding would do to the store, and why",
    discussion: """
      Compares the rows that the platform and the seed catalog call for with those of the store. \
      Nothing is changed. Every row has its reason; what is as it should be is only counted.
      """,
    options: [out, SeedingOptions.exitCode] + SeedingOptions.all,
    examples: [
      Example("See what a new store would get", "everrunsctl seed preview"),
      Example(
        "See what a platform would leave out in production",
        "everrunsctl seed preview -p ./platform.yaml --grade prod"),
      Example(
        "Save the plan, have it reviewed, and apply that very plan",
        "everrunsctl seed preview --out plan.json"),
    ], exitCodes: [.failure, .differences, .badInput, .noInput],
    formats: [.text, .json, .yaml, .markdown]
  ) { session in
    let request = try session.seedRequest(for: try session.platform())
    let plan = try session.plan(request)
    let path = session.arguments[out]
    if let path {
      try session.writeFile(SavedPlan(plan, request).document.prettyJSON + "\n", to: path)
    }
    let next =
      path.map { session.next("seed apply \($0.shellQuoted)", namesPlatform: false) }
      ?? session.next(
        (["seed apply --expect \(plan.token)"] + session.seedingWords).joined(separator: " "))
    try session.write(
      json: plan.document,
      text: session.format == .markdown
        ? PlanMarkdown.text(plan)
        : PlanText(
          style: session.style, isVerbose: session.arguments[GlobalOptions.verbose]
        ).text(plan, next: next))
    return session.arguments[SeedingOptions.exitCode] && plan.hasDifferences
      ? .differences : .success
  }
}
