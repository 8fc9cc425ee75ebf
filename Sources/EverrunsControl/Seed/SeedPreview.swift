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
    dependentOptions: [(OutputOptions.force, needs: out)],
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
    let undecided = try session.undecidedRows(request)
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
      // The saved plan may be all that standard output has.
      if path != "-" {
        let newlyAccepted = undecided.map { $0 - plan.summary[.nameOwnedByOrganization] } ?? 0
        let onlyAccepts = newlyAccepted > 0 && !plan.writes
        try session.write(
          shown, isOutcomeKnown: onlyAccepts,
          end: {
            // Of a plan that --deny forbids, the error names the next step.
            session.isQuiet || !request.run.deniedRows(in: plan).isEmpty
              ? nil
              : onlyAccepts
                ? session.nextStep(accepting: newlyAccepted)
                : try session.nextStep(after: plan, of: request.platform, savedAs: path)
          })
      }
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
    var gates = arguments[SeedingOptions.deny].flatMap { ["--deny", $0.rawValue] }
    // No token confirms deletions.
    if arguments[SeedingOptions.prune] == .delete, !canAsk {
      gates.append(MutationOptions.yes.specification.typedName)
    }
    let next =
      if let path {
        next(
          (["seed apply \(path.shellQuoted)"] + gates).joined(separator: " "), about: .store)
      } else {
        nextSeeding("seed apply --expect \(try plan.token())", with: gates)
      }
    let lines = try proposedRenames(in: plan, of: platform) + ["Next: \(literal(next))"]
    return lines.joined(separator: "\n")
  }

  /// How many rows organization-owned harnesses block as long as none is accepted by an option; `nil`
  /// without that option.
  fileprivate func undecidedRows(_ request: SeedRequest) throws -> Int? {
    guard !request.options.acceptedOwn.isEmpty else { return nil }
    var options = request.options
    options.acceptedOwn = []
    return try storeForComparing().compare(
      request.basis, options: options, isFull: request.run.isFull
    ) { $0.summary[.nameOwnedByOrganization] }
  }

  /// The next step after a plan that only records accepted harnesses.
  fileprivate func nextStep(accepting number: Int) -> String {
    "Nothing to write but the decision: \(leavingAlone(number))\n"
      + "Next: \(literal(nextSeeding("seed apply")))"
  }

  /// The most addresses of blocked rows in a proposed command.
  private static let proposedAddresses = 3

  /// The next step after a plan that does nothing because rows are blocked.
  private func nextStep(ofBlocked plan: SeedPlan) throws -> String {
    if plan.summary[.nameOwnedByOrganization] > 0 {
      let addresses = try decidedAddresses(in: plan)
      func next(_ option: Option<[String]>) -> String {
        let words = addresses.map { "\(option.specification.typedName) \($0)" }
        return literal(nextSeeding((["seed apply"] + words).joined(separator: " ")))
      }
      return "Nothing to apply; decide about the blocked rows.\n"
        + "Next: \(next(SeedingOptions.adopt))\nOr: \(next(SeedingOptions.acceptOwn))"
    }
    return "Nothing to apply: each blocked row says what is in its way.\n"
      + "Next: \(literal(next("store check", about: .store)))"
  }

  /// The addresses, quoted, that stand for every organization-owned harness that blocks a row; a
  /// placeholder if there are too many for a line.
  private func decidedAddresses(in plan: SeedPlan) throws -> [String] {
    var addresses: [SeedAddress] = []
    try plan.rows.read { row in
      guard addresses.count <= Self.proposedAddresses, row.reason.code == .nameOwnedByOrganization,
        !addresses.contains(row.address.withoutGroup)
      else { return }
      addresses.append(row.address.withoutGroup)
    }
    return addresses.count > Self.proposedAddresses
      ? ["ADDRESS"] : addresses.map(\.description.shellQuoted)
  }
}
