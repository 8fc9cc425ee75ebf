import CommandLineTree
import Everruns
import EverrunsStore

/// `seed apply`.
enum SeedApply {
  private static let plan = OptionalOperand(
    "PLAN", .file(extensions: ["json"]), summary: "A plan saved by 'seed preview --out'")
  private static let token = ValueOption(
    "expect", .text, valueName: "TOKEN",
    summary: "Go on only if the plan is still the one with this token")

  static let command = Command<ControlAction>(
    "apply", summary: "Put into the store what the platform calls for",
    discussion: """
      Shows the plan and asks, on a terminal. With a saved plan, or with the token that a preview \
      printed, exactly that plan is carried out, or nothing if the store or the definition has \
      moved since. Everything is done in one transaction. A second run changes nothing.
      """,
    operands: [plan],
    options: [token, SeedingOptions.strict] + SeedingOptions.all + MutationOptions.all,
    examples: [
      Example("Apply the plan that was reviewed", "everrunsctl seed apply plan.json"),
      Example("Apply whatever the plan is now", "everrunsctl seed apply --yes"),
    ],
    exitCodes: [.failure, .blocked, .stale, .badInput, .noInput, .cannotCreate, .busy],
    formats: [.text, .json, .yaml, .markdown]
  ) { session in
    if let path = session.arguments[plan] {
      try refuseOptionsOfAPlan(session)
      return try apply(try SavedPlan(reading: path, session), shownAs: path, session)
    }
    let request = try session.seedRequest(for: try session.platform())
    return try session.apply(request, expecting: session.arguments[token])
  }

  /// A saved plan was decided when it was made: what would decide otherwise must not look as if it
  /// counted.
  private static func refuseOptionsOfAPlan(_ session: Session) throws {
    let deciding: [any CommandOption] =
      [token, GlobalOptions.platform, GlobalOptions.grade] + SeedingOptions.all
    guard let given = deciding.first(where: session.arguments.contains) else { return }
    throw ControlError.usage(
      UsageError(
        .other(
          message: "'\(given.specification.typedName)' cannot be given with a saved plan",
          hint: "the plan holds what it was made with; make another one with 'seed preview --out'"),
        commandPath: session.path))
  }

  private static func apply(
    _ saved: SavedPlan, shownAs path: String, _ session: Session
  ) throws -> ExitCode {
    guard saved.rulesVersion == SeedPlan.rulesVersion else {
      throw ControlError.stale(
        what: "'\(path)' was made by version \(saved.rulesVersion) of the rules, and this is "
          + "version \(SeedPlan.rulesVersion)",
        moved: [], next: session.nextPlan(path))
    }
    let store = try session.storeForReading()
    let id = try store?.info().id
    guard saved.storeID == id else {
      throw ControlError.stale(
        what: saved.storeID == nil
          ? "'\(path)' was made before there was a store" : "'\(path)' was made for another store",
        moved: [], next: session.nextPlan(path))
    }
    return try session.apply(saved.request, savedRows: saved.rows, path: path)
  }
}

extension Session {
  /// Carries out a plan: the one that the store gives now, if it is the one that was expected.
  ///
  /// - Parameters:
  ///   - request: What is to be applied.
  ///   - token: The token of the plan that was seen.
  ///   - filter: Which rows are shown.
  func apply(_ request: SeedRequest, expecting token: String? = nil) throws -> ExitCode {
    let shown = try plan(request)
    if let token, token != shown.token {
      throw try stale(token: token, serial: shown.header.store.serial)
    }
    guard !arguments[MutationOptions.dryRun] else { return try show(shown, isApplied: false) }
    if token == nil, shown.rows.contains(where: \.action.writes) {
      if !arguments[MutationOptions.yes], context.isInteractive {
        try context.errorOutput.write(
          PlanText(style: style, isVerbose: arguments[GlobalOptions.verbose]).text(shown))
      }
      try confirm(
        "Apply this plan?",
        orGiven: request.options.scope == .all ? ["--expect TOKEN", "a saved plan"] : [])
    }
    return try carryOut(request, rows: shown.rows, what: "the store has moved meanwhile")
  }

  /// Carries out a saved plan.
  func apply(
    _ request: SeedRequest, savedRows: [JSONValue], path: String
  ) throws -> ExitCode {
    let now = try plan(request)
    let moved = SavedPlan.moved(from: savedRows, to: now.rows)
    guard moved.isEmpty else {
      throw ControlError.stale(
        what: "'\(path)' is not what would be done now", moved: moved, next: nextPlan(path))
    }
    guard !arguments[MutationOptions.dryRun] else { return try show(now, isApplied: false) }
    return try carryOut(request, rows: now.rows, what: "the store has moved meanwhile")
  }

  /// The command that shows what would be done now.
  private var nextPreview: String {
    next((["seed preview"] + seedingWords).joined(separator: " "))
  }

  /// The command that makes a saved plan anew.
  fileprivate func nextPlan(_ path: String) -> String {
    next("seed preview --out \(path.shellQuoted)")
  }

  private func carryOut(
    _ request: SeedRequest, rows expected: [SeedPlanRow], what: String
  ) throws -> ExitCode {
    let isNothingToDo = !expected.contains { $0.action.isDifference }
    guard try !isNothingToDo || storeForReading() != nil else {
      return try show(request.plan(.new, expected), isApplied: false)
    }
    let blocked = expected.reduce(0) { sum, row in
      sum + (row.action == .blocked ? row.organizations ?? 1 : 0)
    }
    if arguments[SeedingOptions.strict], blocked > 0 {
      throw ControlError.rowsBlocked(blocked, next: nextPreview)
    }
    let isExpected = SavedPlan.comparable(expected)
    let result = try storeForWriting().apply(
      request.desiredState, options: request.options, platform: request.platform, change: change,
      newID: { [context] in Identifier.version7(at: context.now()) },
      decide: { _, rows in
        guard SavedPlan.comparable(rows) == isExpected else {
          throw ControlError.stale(
            what: what, moved: SavedPlan.moved(from: expected.map(\.document), to: rows),
            next: self.nextPreview)
        }
        return true
      })
    return try show(
      request.plan(result.state, result.rows), isApplied: result.isApplied,
      acceptances: result.acceptances, serial: result.serial)
  }

  /// Shows what was done, or in a dry run what would be.
  private func show(
    _ plan: SeedPlan, isApplied: Bool, acceptances: Int = 0, serial: Int? = nil
  ) throws -> ExitCode {
    let isDryRun = arguments[MutationOptions.dryRun]
    let blocked = plan.summary[.blocked] ?? 0
    let outcome =
      if isDryRun {
        "Nothing was done: this is a dry run."
      } else if plan.rows.contains(where: \.action.writes) {
        "Applied\(blocked == 0 ? "" : ", but for what is blocked"). "
          + "The store is at serial \(serial ?? plan.header.store.serial)."
      } else if acceptances > 0 {
        "Remembered: \(count(acceptances, "harness", plural: "harnesses")) of organizations' own "
          + "\(acceptances == 1 ? "stays as it is" : "stay as they are")."
      } else if blocked > 0 {
        "Nothing was done: \(count(blocked, "row")) \(blocked == 1 ? "is" : "are") blocked."
      } else {
        "Nothing to do: the store is as it should be."
      }
    try write(
      json: {
        guard case .object(var object) = plan.document else { return .null }
        object["applied"] = .bool(isApplied)
        object["serial"] = .integer(serial ?? plan.header.store.serial)
        return .object(object)
      }(),
      text: format == .markdown
        ? PlanMarkdown.text(plan)
        : PlanText(style: style, isVerbose: arguments[GlobalOptions.verbose])
          .text(plan, outcome: outcome))
    let isBlocked = plan.rows.contains { $0.action == .blocked }
    return isBlocked && !isDryRun ? .blocked : .success
  }

  /// The refusal of a token, with what has happened to the store since.
  private func stale(token: String, serial: Int) throws -> ControlError {
    let last = try storeForReading()?.history().first
    let since =
      last.map { entry in
        entry.serial == serial
          ? "; last, \(entry.change.actor) ran '\(entry.change.command)'"
          : ", changed by another program since \(entry.change.actor) ran '\(entry.change.command)'"
      } ?? ""
    return .stale(
      what: "the plan is no longer '\(token)': the store is at serial \(serial)\(since)",
      moved: [], next: nextPreview)
  }
}
