import CommandLineTree
import Everruns
import EverrunsStore
import Wording

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
      return try apply(try SavedPlan(reading: path, session), shownAs: path, session)
    }
    let request = try session.seedRequest(for: try session.platform())
    return try session.apply(request, expecting: session.arguments[token])
  }

  private static func apply(
    _ saved: SavedPlan, shownAs path: String, _ session: Session
  ) throws -> ExitCode {
    guard saved.rulesVersion == SeedPlan.rulesVersion else {
      throw ControlError.stale(
        what: "'\(path)' was made by version \(saved.rulesVersion) of the rules, and this is "
          + "version \(SeedPlan.rulesVersion)",
        moved: [], next: session.next("seed preview --out \(path.shellQuoted)"))
    }
    let store = try session.storeForReading()
    let id = try store?.info().id
    guard saved.storeID == id || (saved.storeID == nil && id == nil) else {
      throw ControlError.stale(
        what: "'\(path)' was made for another store", moved: [],
        next: session.next("seed preview --out \(path.shellQuoted)"))
    }
    return try session.apply(saved.request, savedRows: saved.rows, path: path)
  }
}

/// Which plan may be carried out.
private enum ExpectedPlan {
  /// Whatever it is now.
  case any
  /// The one with this token.
  case token(String)
  /// The one of these rows, which somebody has seen or saved.
  case rows([JSONValue], what: String, next: String)
}

extension Session {
  /// Carries out a plan: the one that the store gives now, if it is the one that was expected.
  ///
  /// - Parameters:
  ///   - request: What is to be applied.
  ///   - token: The token of the plan that was seen.
  func apply(_ request: SeedRequest, expecting token: String? = nil) throws -> ExitCode {
    if let token { return try carryOut(request, .token(token)) }
    guard !arguments[MutationOptions.yes], !arguments[MutationOptions.dryRun] else {
      return try carryOut(request, .any)
    }
    let shown = try plan(request)
    guard shown.hasDifferences else { return try carryOut(request, .any) }
    if canAsk {
      try context.errorOutput.write(
        PlanText(style: style, isVerbose: arguments[GlobalOptions.verbose]).text(shown))
    }
    try confirm("Apply this plan?", orGiven: ["--expect TOKEN", "a saved plan"])
    return try carryOut(
      request,
      .rows(
        shown.rows.map(\.document), what: "the store has moved since the plan was shown",
        next: next("seed preview")))
  }

  /// Carries out a saved plan.
  func apply(
    _ request: SeedRequest, savedRows: [JSONValue], path: String
  ) throws -> ExitCode {
    try carryOut(
      request,
      .rows(
        savedRows, what: "'\(path)' is not what would be done now",
        next: next("seed preview --out \(path.shellQuoted)")))
  }

  private func carryOut(_ request: SeedRequest, _ expected: ExpectedPlan) throws -> ExitCode {
    let existing = try storeForReading()
    // Asked before the transaction: within it the store answers nobody else.
    let applied = try existing?.appliedPlatform()
    let last = try existing?.history().first
    let isForShow =
      arguments[MutationOptions.dryRun] || (existing == nil && request.options.scope != .all)
    if isForShow || existing == nil {
      // A store is not made for a plan that is then refused.
      let plan = try plan(request)
      try check(plan, expected, last: last)
      if isForShow { return try show(plan, isApplied: false) }
    }
    let result = try storeForWriting().apply(
      request.desiredState, options: request.options, platform: request.platform, change: change,
      newID: { [context] in Identifier.version7(at: context.now()) },
      decide: { state, rows in
        let plan = request.plan(existing == nil ? .new : state, rows)
        try self.checkDecisions(request, plan, applied: applied)
        try self.check(plan, expected, last: last)
        let blocked = rows.count { $0.action == .blocked }
        if blocked > 0, self.arguments[SeedingOptions.strict] {
          throw ControlError.rowsBlocked(blocked, next: self.next("seed preview"))
        }
        return true
      })
    return try show(
      request.plan(result.state, result.rows), isApplied: result.isApplied, serial: result.serial)
  }

  /// Refuses a plan that is not the expected one.
  ///
  /// - Parameter last: What was last done to the store.
  private func check(
    _ plan: SeedPlan, _ expected: ExpectedPlan, last: HistoryEntry?
  ) throws {
    switch expected {
    case .any: break
    case .token(let token):
      guard plan.token == token else {
        let since = last.map { "; last, \($0.change.actor) ran '\($0.change.command)'" } ?? ""
        throw ControlError.stale(
          what: "the plan is no longer '\(token)': the store is at serial "
            + "\(plan.header.store.serial)\(since)",
          moved: [], next: next("seed preview"))
      }
    case .rows(let rows, let what, let next):
      let moved = SavedPlan.moved(from: rows, to: plan.rows)
      guard moved.isEmpty else {
        throw ControlError.stale(what: what, moved: moved, next: next)
      }
    }
  }

  /// Shows what was done, or in a dry run what would be.
  private func show(
    _ plan: SeedPlan, isApplied: Bool, serial: Int? = nil
  ) throws -> ExitCode {
    let isDryRun = arguments[MutationOptions.dryRun]
    let outcome =
      isDryRun
      ? "Nothing was done: this is a dry run."
      : isApplied
        ? "Applied. The store is at serial \(serial ?? plan.header.store.serial)."
        : "Nothing to do: the store is as it should be."
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
}
