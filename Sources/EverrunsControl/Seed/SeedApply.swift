import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `seed apply`.
enum SeedApply {
  private static let plan = Argument.optional(
    "PLAN", .file(extensions: ["json"]), summary: "A plan saved by 'seed preview --out'")
  private static let token = Option.optional(
    "expect", .planToken, valueName: "TOKEN",
    summary: "Go on only if the plan is still the one with this token")

  static let command = Command<ControlAction>(
    "apply", summary: "Put into the store what the platform calls for",
    discussion: """
      Shows the plan and asks, on a terminal. With a saved plan, or with the token that a preview \
      printed, exactly that plan is carried out, or nothing if the store or the definition has \
      moved since. Everything is done in one transaction. A second run changes nothing.
      """,
    arguments: [plan],
    options: [token, SeedingOptions.strict, SeedingOptions.backup, OutputOptions.force]
      + SeedingOptions.all + MutationOptions.all,
    examples: [
      Example("Apply the plan that was reviewed", "everrunsctl seed apply plan.json"),
      Example("Apply whatever the plan is now", "everrunsctl seed apply --yes"),
    ],
    exitCodes: [.failure, .blocked, .stale, .badInput, .noInput, .cannotCreate, .busy],
    formats: [.text, .json, .yaml, .markdown]
  ) { session in
    if let path = session.arguments[plan] {
      try refuseOptionsOfAPlan(session)
      return try apply(try session.savedPlan(path), shownAs: path, session)
    }
    let request = try session.seedRequest(for: try session.platform())
    return try session.apply(request, expecting: session.arguments[token])
  }

  /// A saved plan was decided when it was made: what would decide otherwise must not look as if it
  /// counted.
  private static func refuseOptionsOfAPlan(_ session: Session) throws {
    let deciding: [any CommandOption] =
      [token, GlobalOptions.platform, GlobalOptions.grade] + SeedingOptions.all
    guard let given = deciding.first(where: session.arguments.isGiven) else { return }
    throw session.usageError(
      "'\(given.specification.typedName)' cannot be given with a saved plan",
      hint: "the plan holds what it was made with; make another one with 'seed preview --out'")
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
    return try session.apply(SeedRequest(saved), savedRows: saved.rows, path: path)
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
    if let token {
      do {
        return try carryOut(request, .token(token))
      } catch ControlError.stale(let what, let moved, let next) {
        guard let options = try optionsBehind(token, request) else {
          throw ControlError.stale(what: what, moved: moved, next: next)
        }
        throw ControlError.stale(
          what: "the token '\(token)' is of a plan that was made \(options)", moved: [], next: next)
      }
    }
    guard !arguments[MutationOptions.yes], !arguments[MutationOptions.dryRun] else {
      return try carryOut(request, .any)
    }
    let (rows, writes) = try withPlan(request) { plan in
      if plan.writes, canAsk {
        try writeText(
          plan, to: context.errorOutput, isVerbose: arguments[GlobalOptions.verbose])
      }
      return (try plan.rows.collected().map(\.document), plan.writes)
    }
    guard writes else { return try carryOut(request, .any) }
    try confirm(
      "Apply this plan?",
      orGiven: request.options.scope == .all ? ["--expect TOKEN", "a saved plan"] : [])
    return try carryOut(
      request,
      .rows(rows, what: "the store has moved since the plan was shown", next: nextPreview))
  }

  /// Carries out a saved plan.
  func apply(
    _ request: SeedRequest, savedRows: [JSONValue], path: String
  ) throws -> ExitCode {
    try carryOut(
      request,
      .rows(
        savedRows, what: "'\(path)' is not what would be done now",
        next: nextPlan(path)))
  }

  /// The command that shows what would be done now.
  private var nextPreview: String {
    next((["seed preview"] + seedingWords).joined(separator: " "))
  }

  /// The command that makes a saved plan anew.
  fileprivate func nextPlan(_ path: String) -> String {
    next("seed preview --out \(path.shellQuoted) --force")
  }

  private func carryOut(_ request: SeedRequest, _ expected: ExpectedPlan) throws -> ExitCode {
    try checkBackup()
    let existing = try storeForReading()
    let isForShow =
      arguments[MutationOptions.dryRun] || (existing == nil && request.options.scope != .all)
    if isForShow || existing == nil {
      // A store is not made for a plan that is then refused.
      let code = try withPlan(request) { plan -> ExitCode? in
        try check(plan, expected, existing)
        return isForShow ? try show(plan, isApplied: false) : nil
      }
      if let code { return code }
    } else if !isFull, let existing,
      let findings = try existing.settledFindings(
        request.basis, options: request.options, platform: request.source)
    {
      let plan = request.plan(findings)
      try check(plan, expected, existing)
      try refuseBlocked(plan)
      return try show(plan, isApplied: false)
    }
    let store = try storeForWriting()
    let result = try store.apply(
      request.basis, options: request.options, isFull: isFull, platform: request.source,
      change: change,
      decide: { findings in
        let plan = request.plan(findings, state: existing == nil ? .new : nil)
        if existing != nil { try self.checkDecisions(request, store, findings.rows) }
        try self.check(plan, expected, store)
        try self.refuseBlocked(plan)
        if plan.writes || !request.options.acceptedOwn.isEmpty {
          try self.backUpBeforeRun(store)
        }
        return true
      })
    endProgress()
    return try show(
      request.plan(result.findings), isApplied: result.isApplied,
      acceptances: result.acceptances, serial: result.serial)
  }

  /// Refuses a plan with blocked rows, where that was asked for.
  private func refuseBlocked(_ plan: SeedPlan) throws {
    let blocked = plan.summary[.blocked]
    if blocked > 0, arguments[SeedingOptions.strict] {
      throw ControlError.rowsBlocked(blocked, next: nextPreview)
    }
  }

  /// Refuses a plan that is not the expected one.
  private func check(
    _ plan: SeedPlan, _ expected: ExpectedPlan, _ store: (any Store)?
  ) throws {
    switch expected {
    case .any: break
    case .token(let token):
      guard try plan.token() == token else {
        let serial = plan.header.store.serial
        let since =
          try store?.history(atMost: 1).first.map { entry in
            let command = "\(entry.change.actor) ran '\(entry.change.command)'"
            return entry.serial == serial
              ? "; last, \(command)" : ", changed by another program since \(command)"
          } ?? ""
        throw ControlError.stale(
          what: "the plan is no longer '\(token)': the store is at serial \(serial)\(since)",
          moved: [], next: nextPreview)
      }
    case .rows(let rows, let what, let next):
      let moved = try SavedPlan.moved(from: rows, to: plan.rows)
      guard moved.isEmpty else {
        throw ControlError.stale(what: what, moved: moved, next: next)
      }
    }
  }

  /// Shows what was done, or in a dry run what would be.
  private func show(
    _ plan: SeedPlan, isApplied: Bool, acceptances: Int = 0, serial: Int? = nil
  ) throws -> ExitCode {
    let isDryRun = arguments[MutationOptions.dryRun]
    if !isDryRun, !plan.writes, acceptances == 0 { noteNoBackup() }
    let blocked = plan.summary[.blocked]
    let outcome =
      if isDryRun {
        "Nothing was done: this is a dry run."
      } else if plan.writes {
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
      plan,
      with: [
        "applied": .bool(isApplied), "serial": .integer(serial ?? plan.header.store.serial),
      ], isOutcomeKnown: true, end: { outcome })
    return blocked > 0 && !isDryRun ? .blocked : .success
  }
}
