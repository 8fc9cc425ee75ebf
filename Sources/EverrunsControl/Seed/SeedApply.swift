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
    summary: "Apply only if the plan still has this token")

  static let command = Command<ControlAction>(
    "apply", summary: "Apply the plan to the store",
    discussion: """
      Shows the plan and asks for confirmation on a terminal. With the token of a preview, applies \
      exactly that plan, or nothing if the store or the definition has changed since. So does a saved \
      plan, which contains its definition; a newer one is only noted. The whole plan is applied in one \
      transaction. A second run changes nothing.
      """,
    arguments: [plan],
    options: [token] + SeedingOptions.planning + SeedingOptions.applying + MutationOptions.all,
    dependentOptions: SeedingOptions.dependentOnApplying,
    examples: [
      Example("Apply a plan that was reviewed", "everrunsctl seed apply plan.json"),
      Example("Apply the current plan without confirmation", "everrunsctl seed apply --yes"),
      Example(
        "Apply unattended, but overwrite no local edits",
        "everrunsctl seed apply --yes --deny overwrites_local_edit"),
    ],
    exitCodes: [.failure, .blocked, .stale, .badInput, .noInput, .cannotCreate, .busy],
    formats: [.text, .json, .jsonl, .yaml, .markdown]
  ) { session in
    if let path = session.arguments[plan] {
      try refuseOptionsOfAPlan(session)
      return try apply(try session.savedPlan(path), shownAs: path, session)
    }
    let request = try session.seedRequest(for: try session.platform())
    return try session.apply(request, expecting: session.arguments[token])
  }

  /// A saved plan was decided when it was saved; options that affect decisions must not look as if
  /// they counted.
  private static func refuseOptionsOfAPlan(_ session: Session) throws {
    let deciding: [any CommandOption] =
      [token, GlobalOptions.platform, GlobalOptions.grade] + SeedingOptions.deciding
    guard let given = deciding.first(where: session.arguments.isGiven) else { return }
    throw session.usageError(
      "'\(given.specification.typedName)' cannot be given with a saved plan",
      hint: "the plan contains its options; save another one: "
        + session.nextSeeding("seed preview --out FILE"))
  }

  private static func apply(
    _ saved: SavedPlan, shownAs path: String, _ session: Session
  ) throws -> ExitCode {
    guard saved.rulesVersion == SeedPlan.rulesVersion else {
      throw ControlError.stale(
        what: "'\(path)' was saved with version \(saved.rulesVersion) of the seeding rules; this "
          + "program has version \(SeedPlan.rulesVersion)",
        moved: [], next: session.nextPlan(saved, path))
    }
    let store = try session.storeForReading()
    let id = try store?.info().id
    guard saved.storeID == id else {
      throw ControlError.stale(
        what: saved.storeID == nil
          ? "'\(path)' was saved before the store existed"
          : "'\(path)' was saved for another store",
        moved: [], next: session.nextPlan(saved, path))
    }
    session.noteNewerDefinition(than: saved)
    return try session.confirmAndCarryOut(
      SeedRequest(saved, run: session.seedRunOptions),
      .rows(
        saved.rows, what: "plan '\(path)' is out of date", next: session.nextPlan(saved, path)))
  }
}

/// The plan that may be applied.
private enum ExpectedPlan {
  /// Any plan.
  case any
  /// The plan with this token.
  case token(PlanToken)
  /// The plan with these rows, which someone has seen or saved.
  case rows([JSONValue], what: String, next: String)
}

extension Session {
  /// Applies the current plan of the store, if it is the expected one.
  ///
  /// - Parameters:
  ///   - request: The inputs of the plan.
  ///   - token: The token of the plan that was reviewed; `nil` to ask for confirmation.
  /// - Returns: The exit code of the command, after its output was written.
  /// - Throws: ``ControlError/stale(what:moved:next:)`` if the plan has another token; it names the
  ///   option that explains the difference, if one does.
  func apply(_ request: SeedRequest, expecting token: PlanToken? = nil) throws -> ExitCode {
    try confirmAndCarryOut(request, token.map(ExpectedPlan.token) ?? .any)
  }

  /// Shows the plan and asks for confirmation, unless it was given.
  ///
  /// `--yes` confirms, and so does the token of a reviewed plan. Deletions need a confirmation of
  /// their own.
  fileprivate func confirmAndCarryOut(
    _ request: SeedRequest, _ expected: ExpectedPlan
  ) throws -> ExitCode {
    let deletes = request.options.prune == .delete
    let isSeen = if case .any = expected { false } else { !deletes }
    guard !isSeen, !arguments[MutationOptions.yes], !isDryRun else {
      return try carryOut(request, expected)
    }
    let store = try storeForReading()
    let (rows, summary) = try withFindings(request) { findings in
      let shown = try request.shownPlan(findings)
      try check(shown.plan, expected, store)
      try request.run.check(shown.plan, next: nextPreview(of: request))
      if shown.plan.writes, canAsk {
        try writeText(shown, to: context.errorOutput) {
          let lines = try proposedRenames(in: shown.plan, of: request.platform)
          return lines.isEmpty ? nil : lines.joined(separator: "\n")
        }
      }
      return (try shown.plan.rows.collected().map(\.document), shown.plan.summary)
    }
    guard summary.contains(where: \.writes) else { return try carryOut(request, expected) }
    let question = """
      Apply platform \(request.source.ref.quoted) to store '\(try storeLocation())': \
      \(summary.wordsByKind)?
      """
    if deletes, summary[.delete] > 0 {
      try confirm(question, typing: request.source.ref)
    } else {
      try confirm(
        question,
        orGiven: request.options.scope == .all && !deletes
          ? ["--expect TOKEN", "a saved plan"] : [])
    }
    return try carryOut(
      request,
      .rows(
        rows, what: "the store changed since the plan was shown", next: nextPreview(of: request)))
  }

  private func carryOut(_ request: SeedRequest, _ expected: ExpectedPlan) throws -> ExitCode {
    try checkBackup()
    let existing = try storeForReading()
    let isForShow =
      isDryRun || (existing == nil && request.options.scope != .all)
    if isForShow || existing == nil {
      // A store is not created for a plan that is then refused.
      let code = try withFindings(request) { findings -> ExitCode? in
        let shown = try request.shownPlan(findings)
        try check(shown.plan, expected, existing)
        try request.run.check(shown.plan, next: nextPreview(of: request))
        if shown.plan.writes || !request.options.acceptedOwn.isEmpty {
          try checkDryRun(.change)
          try checkBackupOfDryRun()
        }
        return isForShow ? try show(shown, of: request, isApplied: false) : nil
      }
      if let code { return code }
    } else if !request.run.isFull, request.run.showsPlanAsItIs, let existing,
      let findings = try existing.settledFindings(
        request.basis, options: request.options, platform: request.source)
    {
      let shown = try request.shownPlan(findings)
      try noteMissingDefaultOrganization(request, findings.rows)
      try check(shown.plan, expected, existing)
      try request.run.check(shown.plan, next: nextPreview(of: request))
      return try show(shown, of: request, isApplied: false)
    }
    let store = try storeForWriting()
    var shownRows: SeedPlanRows?
    var backup: RunBackup?
    let result: SeedResult
    do {
      result = try store.apply(
        request.basis, options: request.options, isFull: request.run.isFull,
        platform: request.source, change: change,
        decide: { findings in
          let plan = request.plan(findings, state: existing == nil ? .new : nil)
          if existing != nil { try self.checkDecisions(request, store, findings.rows) }
          try self.check(plan, expected, store)
          try request.run.check(plan, next: nextPreview(of: request))
          if plan.writes || !request.options.acceptedOwn.isEmpty {
            backup = try self.backUpBeforeRun(store)
          }
          shownRows = try request.shownRows(findings)
          return true
        })
    } catch {
      if let backup { withdraw(backup, of: store) }
      throw error
    }
    if let backup, !result.isApplied { withdraw(backup, of: store) }
    endProgress()
    return try show(
      ShownPlan(
        plan: request.plan(result.findings), rows: shownRows ?? result.findings.rows,
        run: request.run),
      of: request, isApplied: result.isApplied, acceptances: result.acceptances,
      serial: result.serial, hasTriedBackup: backup != nil)
  }

  /// Refuses a plan other than the expected one.
  private func check(
    _ plan: SeedPlan, _ expected: ExpectedPlan, _ store: (any Store)?
  ) throws {
    switch expected {
    case .any: break
    case .token(let token):
      guard token.hasInputs(of: plan.header), token.hasOrganizations(of: plan.header) else {
        throw ControlError.stale(
          what: try mismatch(of: token, with: plan, store), moved: [], next: nextPreview())
      }
      guard try plan.token() == token else {
        let serial = plan.header.store.serial
        let since =
          try store?.history(atMost: 1).first.map { entry in
            let command = "\(entry.actor) ran '\(entry.command.shortened(to: 80))'"
            return entry.serial == serial
              ? "; last change: \(command)" : ", changed by another program since \(command)"
          } ?? ""
        throw ControlError.stale(
          what:
            "the plan changed since token '\(token)': the store is now at serial \(serial)\(since)",
          moved: [], next: nextPreview())
      }
    case .rows(let rows, let what, let next):
      switch try SavedPlan.difference(from: rows, to: plan.rows) {
      case .none: break
      case .rows(let moved): throw ControlError.stale(what: what, moved: moved, next: next)
      case .organizations(let number, let names):
        let organizations = count(
          abs(number), "\(number > 0 ? "more" : "fewer") organization")
        let named = names.isEmpty ? "" : " (\(names.joinedInQuotes))"
        throw ControlError.stale(what: "\(what); \(organizations)\(named)", moved: [], next: next)
      }
    }
  }

  /// Shows the result, or in a dry run what it would be.
  private func show(
    _ shown: ShownPlan, of request: SeedRequest, isApplied: Bool, acceptances: Int = 0,
    serial: Int? = nil, hasTriedBackup: Bool = false
  ) throws -> ExitCode {
    let plan = shown.plan
    if !isDryRun, !plan.writes, acceptances == 0, !hasTriedBackup { noteNoBackup() }
    let blocked = plan.summary[.blocked]
    let outcome =
      if isDryRun {
        try (proposedRenames(in: plan, of: request.platform) + ["Dry run: nothing was changed."])
          .joined(separator: "\n")
      } else if plan.writes {
        "Applied\(blocked == 0 ? "" : ", except \(count(blocked, "blocked row"))"). "
          + "The store is at serial \(serial ?? plan.header.store.serial)."
      } else if acceptances > 0 {
        "Accepted: \(leavingAlone(acceptances))"
      } else if blocked > 0 {
        "Nothing was applied: \(ControlError.blocked(blocked))."
      } else {
        "Nothing to do: the store is up to date."
      }
    if isQuietText, !isDryRun {
      try write(outcome + "\n")
    } else {
      try write(
        shown,
        with: [
          "applied": .bool(isApplied), "serial": .integer(serial ?? plan.header.store.serial),
        ], isOutcomeKnown: true, end: { outcome })
    }
    guard blocked > 0, !isDryRun else { return .success }
    let next = nextPreview(of: request)
    warn("\(ControlError.blocked(blocked)); \(ControlError.decide(next))")
    return .blocked
  }
}
