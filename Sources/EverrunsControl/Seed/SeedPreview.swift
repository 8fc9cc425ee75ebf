import CommandLineTree
import Everruns
import EverrunsSeeding
import Messages

/// `seed preview`.
enum SeedPreview {
  private static let out = Option.optional(
    "out", .file(extensions: ["json"]), valueName: "PLAN",
    summary: "Save the plan, for 'seed apply'")

  static let command = Command<ControlAction>(
    "preview", summary: "Show what seeding would do to the store, and why",
    discussion: """
      Compares the rows that the platform and the seed catalog call for with those of the store. \
      Nothing is changed. Every row has its reason; what is as it should be is only counted.
      """,
    options: [out, OutputOptions.force, SeedingOptions.exitCode] + SeedingOptions.all,
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
    return try session.withPlan(request) { plan in
      let path = session.arguments[out]
      if let path, DocumentFile.isYAML(path) {
        throw session.usageError(
          "a saved plan is JSON, and \(path.quoted) is a name of YAML", hint: "end it in .json")
      }
      if let path {
        try session.save(
          plan, of: request, to: path, overwriting: session.arguments[OutputOptions.force])
      }
      try session.write(
        plan,
        end: {
          guard plan.hasDifferences else { return nil }
          let next =
            if let path {
              session.next("seed apply \(path.shellQuoted)", namesPlatform: false)
            } else {
              session.next(
                (["seed apply --expect \(try plan.token())"] + session.seedingWords)
                  .joined(separator: " "))
            }
          return "Apply it: \(session.style.literal(next))"
        })
      return session.arguments[SeedingOptions.exitCode] && plan.hasDifferences
        ? .differences : .success
    }
  }
}
