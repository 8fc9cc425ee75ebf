import Everruns
import EverrunsDocuments
import Messages

/// The decision about a harness template in the organizations of one case.
package struct HarnessDecision: Sendable, Hashable {
  /// The write to the row.
  package enum Write: Int, Sendable {
    /// Nothing.
    case nothing
    /// Only the record that the row matches the template.
    case lastApplied
    /// A new row.
    case create
    /// The fields that change.
    case update
  }

  /// The change to the record of an accepted organization-owned harness.
  package enum Acceptance: Int, Sendable {
    /// No change.
    case unchanged
    /// The harness is accepted.
    case remember
    /// The acceptance is dropped: the harness becomes the built-in one.
    case forget
  }

  /// The reason, which determines the action.
  package var reason: SeedReason
  /// The notes.
  package var notes: [SeedNote]
  /// The fields that change.
  package var fields: [HarnessField]
  /// The previous name that the row has and loses, if it is renamed.
  package var previousName: String?
  /// The write to the row.
  package var write: Write
  /// Whether the written content includes the template's parent.
  package var takesParent: Bool
  /// Whether a new row gets the template's seed id.
  package var takesSeedID: Bool
  /// The change to the record of accepted harnesses.
  package var acceptance: Acceptance
  /// Whether a setting may name the harness afterwards.
  package var isUsable: Bool
  /// Whether the row then matches the template exactly, so that the next run can skip it.
  package var leavesExact: Bool
  /// Whether a row of a previous name waits for the template's name, which another row has.
  package var keepsPreviousRow: Bool

  package init(
    reason: SeedReason, notes: [SeedNote] = [], fields: [HarnessField] = [],
    previousName: String? = nil, write: Write = .nothing, takesParent: Bool = false,
    takesSeedID: Bool = false, acceptance: Acceptance = .unchanged, isUsable: Bool = true,
    leavesExact: Bool = true, keepsPreviousRow: Bool = false
  ) {
    self.reason = reason
    self.notes = notes
    self.fields = fields
    self.previousName = previousName
    self.write = write
    self.takesParent = takesParent
    self.takesSeedID = takesSeedID
    self.acceptance = acceptance
    self.isUsable = isUsable
    self.leavesExact = leavesExact
    self.keepsPreviousRow = keepsPreviousRow
  }
}

/// Decides a harness template in the organizations of one case.
///
/// | row with that name | condition | reason |
/// |---|---|---|
/// | missing | | `missing` |
/// | organization-owned | named by `--adopt` | as for an edited built-in row |
/// | organization-owned | accepted, now or earlier | `own_harness_accepted` |
/// | organization-owned | | `name_owned_by_org` |
/// | built-in | archived | `archived` |
/// | built-in | no differences | `matches`; `renamed` |
/// | built-in | the fields that differ are as last applied | `definition_changed`; `renamed` |
/// | built-in | | `overwrites_local_edit` |
///
/// A built-in row with a previous name is the template's if no row has its name, and is renamed.
/// If the template's parent is an organization-owned harness, the row gets no parent.
package func decide(
  _ desired: DesiredHarness, _ observed: ObservedHarness, trace: inout DecisionTrace
) -> HarnessDecision {
  desired.explain(in: &trace)
  let previousName = desired.previousName(of: observed, trace: &trace)
  switch observed.row {
  case .missing: return creation(of: desired, observed, trace: &trace)
  case .own:
    trace.ask("is the organization's own harness", "yes", from: .store)
    let isAccepted = observed.request == .acceptOwn || observed.isAccepted
    trace.ask(
      "the organization's own harness was accepted",
      observed.request == .adopt
        ? "no, it is adopted" : isAccepted ? "yes" : "not decided",
      from: observed.originOfDecision)
    if observed.request == .adopt {
      return update(of: desired, observed, from: previousName, trace: &trace)
    }
    return HarnessDecision(
      reason: isAccepted
        ? .ownHarnessAccepted : .nameOwnedByOrganization(desired.template.name),
      acceptance: isAccepted ? .remember : .unchanged, isUsable: false, leavesExact: false,
      keepsPreviousRow: !isAccepted)
  case .builtIn:
    trace.ask("is archived", observed.isArchived, from: .store)
    if observed.isArchived {
      return HarnessDecision(reason: .archived, isUsable: false, leavesExact: false)
    }
    return update(of: desired, observed, from: previousName, trace: &trace)
  }
}

/// A row that does not exist yet.
private func creation(
  of desired: DesiredHarness, _ observed: ObservedHarness, trace: inout DecisionTrace
) -> HarnessDecision {
  let parent = Parent(of: desired, observed, trace: &trace)
  var decision = HarnessDecision(
    reason: .missing(), notes: desired.notes + parent.notes, write: .create,
    takesParent: parent.isTaken, leavesExact: parent.isTaken || desired.parent == nil)
  if let id = desired.template.seedID, observed.seedID != .none {
    trace.ask("its seed id is free", observed.seedID == .free, from: .store)
    decision.takesSeedID = observed.seedID == .free
    if observed.seedID == .taken { decision.notes.append(.seedIDTaken(id)) }
  }
  // No definition ever had a harness of another name than a valid one.
  if let lookalike = observed.lookalike, IdentifierGrammar.name.accepts(lookalike) {
    trace.ask("looks like a harness that left the definition", "yes, '\(lookalike)'", from: .store)
    decision.notes.append(.looksRenamed(desired.template.name, from: lookalike))
  }
  return decision
}

/// A row that is the platform's or is adopted; `previousName` is its name, if it is a previous one.
private func update(
  of desired: DesiredHarness, _ observed: ObservedHarness, from previousName: String?,
  trace: inout DecisionTrace
) -> HarnessDecision {
  let parent = Parent(of: desired, observed, trace: &trace)
  let fields = HarnessField.allCases.filter {
    $0 == .parent ? parent.differs : observed.differing.contains($0)
  }
  var decision = HarnessDecision(
    reason: .matches, notes: desired.notes + parent.notes, fields: fields,
    previousName: previousName, takesParent: parent.isTaken,
    acceptance: observed.request == .adopt && observed.row == .own ? .forget : .unchanged,
    leavesExact: parent.isTaken || desired.parent == nil)
  let names = fields.map(\.rawValue)
  trace.ask(differing: (previousName == nil ? [] : ["name"]) + names)
  guard !fields.isEmpty else {
    let applied: ObservedHarness.LastApplied =
      parent.isTaken || desired.parent == nil ? .template : .templateWithoutParent
    // The row may match without ever having been seeded.
    decision.write = observed.lastApplied == applied ? .nothing : .lastApplied
    if let previousName {
      decision.reason = .renamed(from: previousName, fields: [])
      decision.write = .update
    }
    return decision
  }
  decision.write = .update
  // A parent that the organization made its own is taken away from a row that nobody edited.
  let lost = fields.filter {
    observed.edited.contains($0) && !($0 == .parent && observed.parentLink == .asTemplate)
  }.map(\.rawValue)
  trace.ask(
    "was edited since the last apply", lost.isEmpty ? "no" : "yes, \(lost.joined(separator: ", "))",
    from: .lastApplied)
  // An edit that is lost is always called that.
  decision.reason =
    if !lost.isEmpty {
      .overwritesLocalEdit(fields: lost, renamedFrom: previousName)
    } else if let previousName {
      .renamed(from: previousName, fields: names)
    } else {
      .definitionChanged(fields: names)
    }
  return decision
}

/// The parent that the row gets.
private struct Parent {
  /// Whether the row gets the template's parent.
  let isTaken: Bool
  /// Whether the row's parent changes.
  let differs: Bool
  let notes: [SeedNote]

  init(
    of desired: DesiredHarness, _ observed: ObservedHarness, trace: inout DecisionTrace
  ) {
    guard let parent = desired.parent else {
      isTaken = false
      differs = observed.parentLink != .asTemplate
      notes = []
      return
    }
    let isOwned = observed.parentRow == .own
    if isOwned {
      trace.ask("its parent is the organization's own harness", "yes, '\(parent)'", from: .store)
    }
    isTaken = !isOwned
    differs =
      isOwned
      ? observed.parentLink != .none
      : observed.parentRow == .missing || observed.parentLink != .asTemplate
    notes = isOwned ? [.parentBlocked(parent)] : []
  }
}

extension DesiredHarness {
  /// The previous name that the row of a template has, if it has one.
  fileprivate func previousName(
    of observed: ObservedHarness, trace: inout DecisionTrace
  ) -> String? {
    let name = observed.previousName.flatMap {
      previousNames.indices.contains($0) ? previousNames[$0] : nil
    }
    let hasName = observed.row != .missing && name == nil
    trace.ask("is in the store", hasName, from: .store)
    if !hasName, !previousNames.isEmpty {
      trace.ask(
        "is in the store under a previous name", name.map { "yes, '\($0)'" } ?? "no", from: .store)
    }
    return name
  }

  /// Traces the template's part of the definition.
  fileprivate func explain(in trace: inout DecisionTrace) {
    trace.ask("is in the definition", "yes", from: .platform)
    if let named = template.parent {
      trace.ask(
        "its parent is in the definition", "\(parent == nil ? "no" : "yes"), '\(named)'",
        from: .platform)
    }
    guard !template.capabilities.isEmpty else { return }
    trace.ask(
      "its capabilities are registered",
      droppedCapabilities.isEmpty ? "yes" : "no, not \(droppedCapabilities.joinedInQuotes)",
      from: .platform)
  }
}

extension ObservedHarness {
  /// The source of the acceptance of an organization-owned harness.
  fileprivate var originOfDecision: DecisionTrace.Source {
    switch request {
    case .adopt: .option(.adopt)
    case .acceptOwn: .option(.acceptOwn)
    case .none: isAccepted ? .earlierAcceptance : .noOption
    }
  }
}
