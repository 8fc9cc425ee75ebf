import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `seed preview`.
enum SeedPreview {
  private static let out = Option.optional(
    "out", .file(extensions: ["json"]), valueName: "PLAN",
    summary: "Save the plan, for 'seed apply'")

  static let command = Command<ControlAction>(
    "preview", summary: "Show what seeding would do to the store, and why",
    discussion: """
      Compares the store with the rows that the platform and the seed catalog define. Nothing is \
      changed. Every row has a reason; rows that are up to date are only counted. --kind, --action \
      and --reason-code filter the rows shown; the summary, the token, --out, --deny and --exit-code \
      cover the whole plan.
      """,
    options: [out, OutputOptions.force, SeedingOptions.exitCode] + SeedingOptions.filters
      + SeedingOptions.planning,
    examples: [
      Example("See what a new store would get", "everrunsctl seed preview"),
      Example(
        "See what would be skipped in production",
        "everrunsctl seed preview -p ./platform.yaml --grade prod"),
      Example(
        "List whose edits would be overwritten",
        "everrunsctl seed preview --reason-code overwrites_local_edit -o name"),
      Example(
        "Save the plan for review",
        "everrunsctl seed preview --out plan.json"),
    ], exitCodes: [.failure, .differences, .blocked, .badInput, .noInput, .cannotCreate],
    formats: [.text, .json, .jsonl, .yaml, .name, .markdown]
  ) { session in
    let request = try session.seedRequest(for: try session.platform())
    return try session.withFindings(request) { findings in
      let shown = try request.shownPlan(findings)
      let plan = shown.plan
      let path = session.arguments[out]
      if let path, DocumentFileName.isYAML(path) {
        throw session.usageError(
          "a saved plan is JSON, but \(path.quoted) has a YAML extension",
          hint: "use the extension .json")
      }
      if let path {
        try session.save(
          plan, of: request, to: path, overwriting: session.arguments[OutputOptions.force])
      }
      try session.write(
        shown,
        end: {
          // Of a plan that --deny forbids, the error names the next step.
          session.isQuiet || !request.run.deniedRows(in: plan).isEmpty
            ? nil : try session.nextStep(after: plan, of: request.platform, savedAs: path)
        })
      try request.run.check(plan, isPreview: true, next: session.nextPreview())
      return session.arguments[SeedingOptions.exitCode] && plan.hasDifferences
        ? .differences : .success
    }
  }
}

extension Session {
  /// The next step after a plan was shown.
  fileprivate func nextStep(
    after plan: SeedPlan, of platform: LoadedPlatform, savedAs path: String?
  ) throws -> String? {
    guard plan.hasDifferences else { return nil }
    guard plan.writes else { return try nextStep(ofBlocked: plan) }
    let gates = arguments[SeedingOptions.deny].flatMap { ["--deny", $0.rawValue] }
    let next =
      if let path {
        next(
          (["seed apply \(path.shellQuoted)"] + gates).joined(separator: " "),
          about: .store, readsInput: path == "-")
      } else {
        nextSeeding("seed apply --expect \(try plan.token())", with: gates)
      }
    let renames = try proposedRenames(in: plan, of: platform).map { rename in
      "Renamed? "
        + literal(
          self.next("harnesses rename \(rename.old.shellQuoted) \(rename.new.shellQuoted)"))
        + "\n"
    }
    return renames.joined() + "Next: \(literal(next))"
  }

  /// A command within a line of the output.
  private func literal(_ command: String) -> String {
    format == .markdown ? command.markdownCode : style.literal(command)
  }

  /// The most commands that are proposed for renamed harnesses.
  private static let proposedRenames = 3

  /// The names of templates that look renamed, whose rows a command can keep.
  private func proposedRenames(
    in plan: SeedPlan, of platform: LoadedPlatform
  ) throws -> [(old: String, new: String)] {
    // Only a row that is created can look like one that left the definition.
    guard plan.summary[.harness, .create] > 0, try refusalToEdit(platform) == nil else { return [] }
    var renames: [(old: String, new: String)] = []
    try plan.rows.read { row in
      guard renames.count < Self.proposedRenames, let rename = row.proposedRename,
        !renames.contains(where: { $0 == rename })
      else { return }
      renames.append(rename)
    }
    return renames
  }

  /// The next step after a plan that does nothing because rows are blocked.
  private func nextStep(ofBlocked plan: SeedPlan) throws -> String {
    if plan.summary[.nameOwnedByOrganization] > 0 {
      let address = try decidedAddress(in: plan)?.description.shellQuoted ?? "ADDRESS"
      return "Nothing to apply; decide about the blocked rows.\n"
        + "Next: \(literal(nextSeeding("seed apply --adopt \(address)")))\n"
        + "Or: \(literal(nextSeeding("seed apply --accept-own \(address)")))"
    }
    return "Nothing to apply; repair the blocked rows: "
      + literal(next("store check", about: .store))
  }

  /// The address that stands for every organization-owned harness that blocks a row; `nil` if there
  /// are several.
  private func decidedAddress(in plan: SeedPlan) throws -> SeedAddress? {
    var addresses: [SeedAddress] = []
    try plan.rows.read { row in
      guard addresses.count < 2, row.reason.code == .nameOwnedByOrganization,
        !addresses.contains(row.address.withoutGroup)
      else { return }
      addresses.append(row.address.withoutGroup)
    }
    return addresses.count == 1 ? addresses.first : nil
  }
}
