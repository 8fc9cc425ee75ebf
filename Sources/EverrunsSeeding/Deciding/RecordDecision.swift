package import EverrunsDocuments
import Messages

/// The observation of one catalog row in a store.
package struct ObservedRecord: Sendable {
  /// The stored row that the catalog row refers to.
  package var stored: StoredRecord?
  /// The last-applied content.
  package var lastApplied: SeedMemory?
  /// The desired content, with the actual ids of the referenced rows.
  package var content: JSONObject
  /// The seed ids of required rows that do not exist and are not seeded.
  package var absent: Set<String> = []
  /// Whether another row has the seed id.
  package var isSeedIDTaken = false
  /// Another row that has the natural key, if there is one.
  package var keyHolder: RecordHolder?
  /// Whether the store remembers what is applied to it at all.
  package var hasMemory = true

  package init(stored: StoredRecord?, lastApplied: SeedMemory?, content: JSONObject) {
    self.stored = stored
    self.lastApplied = lastApplied
    self.content = content
  }
}

/// The decision about one catalog row.
package struct RecordDecision: Sendable {
  /// The reason, which determines the action.
  package var reason: SeedReason
  /// The notes.
  package var notes: [SeedNote] = []
  /// For skipped rows: whether the row exists in the store.
  package var exists: Bool?
  /// The fields that are written, or would be if a local edit were not kept.
  package var changes: [FieldChange] = []
  /// Whether the content counts as last applied from now on.
  package var isRemembered = false
  /// Whether a new row gets the seed id.
  package var takesSeedID = false
}

/// Decides one catalog row.
///
/// | row | condition | reason |
/// |---|---|---|
/// | any | a rule fails | the rule's |
/// | missing | applied before | `removed_locally`; `missing` with `--overwrite` |
/// | missing | another row has its natural key | `unusable_row` |
/// | missing | | `missing` |
/// | exists | its id is not text | `unusable_row` |
/// | exists | archived | `archived` |
/// | exists | no differences | `matches` |
/// | exists | another row has its new natural key | `unusable_row` |
/// | exists | as last applied | `definition_changed` |
/// | exists | edited | `kept_local_edit`; `overwrites_local_edit` with `--overwrite` |
///
/// A row that was never applied counts as edited. With `--overwrite`, a row that only has edits that
/// the catalog agrees with is a case of `definition_changed`. A natural key is not taken away from
/// another row.
package func decide(
  _ record: DesiredRecord, _ observed: ObservedRecord, overwrites: Bool,
  trace: inout DecisionTrace
) -> RecordDecision {
  let failure = firstFailure(of: record.rules, absent: observed.absent, trace: &trace)
  trace.ask("is in the store", observed.stored != nil, from: .store)
  if let failure {
    return RecordDecision(
      reason: failure, notes: observed.stored == nil ? [] : [.existsWithoutPrerequisite],
      exists: observed.stored != nil)
  }
  guard let stored = observed.stored else {
    return creation(of: record, observed, overwrites: overwrites, trace: &trace)
  }
  guard stored.hasUsableID else {
    trace.ask("its id is text", "no, \(stored.id)", from: .store)
    return RecordDecision(reason: .unusableRow(id: stored.id))
  }
  var decision = decide(
    stored, content: observed.content, lastApplied: observed.lastApplied, overwrites: overwrites,
    trace: &trace)
  if !observed.hasMemory, decision.reason.code == .keptLocalEdit {
    decision.notes.append(.noMemory)
  }
  if let holder = observed.keyHolder, let (column, value) = record.ownKey,
    decision.reason.action.writes,
    decision.changes.contains(where: { record.naturalKey[$0.field] != nil })
  {
    return heldKey(column, value, by: holder, trace: &trace)
  }
  return decision
}

/// Decides a row that exists and may be seeded.
package func decide(
  _ stored: StoredRecord, content: JSONObject, lastApplied: SeedMemory?, overwrites: Bool,
  trace: inout DecisionTrace
) -> RecordDecision {
  if stored.isArchived {
    trace.ask("is archived", "yes", from: .store)
    return RecordDecision(reason: .archived)
  }
  let changes = content.members.compactMap { member -> FieldChange? in
    let before = stored.fields[member.key] ?? .null
    return before == member.value
      ? nil : FieldChange(field: member.key, before: before, after: member.value)
  }
  let fields = changes.map(\.field)
  trace.ask(differing: fields)
  guard !changes.isEmpty else { return RecordDecision(reason: .matches, isRemembered: true) }
  let edited = stored.editedFields(since: lastApplied)
  let words = edited.map { $0.isEmpty ? "no" : "yes, \($0.joined(separator: ", "))" }
  trace.ask(
    "was edited since the last apply", words ?? "never applied", from: .lastApplied)
  if let edited, edited.isEmpty {
    return RecordDecision(
      reason: .definitionChanged(fields: fields), changes: changes, isRemembered: true)
  }
  trace.ask("local edits are overwritten", given: .overwrite, overwrites)
  guard overwrites else {
    return RecordDecision(reason: .keptLocalEdit(fields: edited ?? fields), changes: changes)
  }
  return RecordDecision(
    reason: .overwriting(edited ?? fields, changing: fields), changes: changes, isRemembered: true)
}

extension StoredRecord {
  /// The fields that differ from what was last applied; `nil` if nothing was.
  fileprivate func editedFields(since lastApplied: SeedMemory?) -> [String]? {
    lastApplied?.content.members.filter { fields[$0.key] != $0.value }.map(\.key)
  }
}

extension SeedReason {
  /// The catalog wins over local edits: those among the fields that change.
  fileprivate static func overwriting(_ edited: [String], changing fields: [String]) -> SeedReason {
    let lost = fields.filter(edited.contains)
    return lost.isEmpty
      ? .definitionChanged(fields: fields) : .overwritesLocalEdit(fields: lost, winner: .catalog)
  }
}

/// Checks every rule, adds each to the trace, and returns the reason of the first that fails.
func firstFailure(
  of rules: [SeedRule], absent: Set<String>, trace: inout DecisionTrace
) -> SeedReason? {
  var first: SeedReason?
  for rule in rules {
    let failure: SeedReason?
    switch rule {
    case .checked(let rule, let value, let source, let reason):
      trace.ask(rule, value, from: source)
      failure = reason
    case .requires(let requirement):
      let missing = requirement.ids.filter(absent.contains)
      trace.ask(requirement.rule, requirement.value(missing: missing), from: requirement.source)
      failure = missing.isEmpty ? nil : requirement.failure(missing: missing)
    }
    first = first ?? failure
  }
  return first
}

private func creation(
  of record: DesiredRecord, _ observed: ObservedRecord, overwrites: Bool,
  trace: inout DecisionTrace
) -> RecordDecision {
  let wasApplied = observed.lastApplied != nil
  trace.ask("was seeded earlier", wasApplied, from: .lastApplied)
  if wasApplied {
    trace.ask("local edits are overwritten", given: .overwrite, overwrites)
    guard overwrites else { return RecordDecision(reason: .removedLocally, exists: false) }
  }
  if let holder = observed.keyHolder, let (column, value) = record.ownKey {
    return heldKey(column, value, by: holder, trace: &trace)
  }
  trace.ask("its seed id is free", !observed.isSeedIDTaken, from: .store)
  return RecordDecision(
    reason: .missing(), notes: observed.isSeedIDTaken ? [.seedIDTaken(record.seedID)] : [],
    isRemembered: true, takesSeedID: !observed.isSeedIDTaken)
}

/// A row that cannot be written, because another one has its natural key.
private func heldKey(
  _ column: String, _ value: String, by holder: RecordHolder, trace: inout DecisionTrace
) -> RecordDecision {
  trace.ask("its \(column) is free", "no, used by row '\(holder.id)'", from: .store)
  return RecordDecision(reason: .unusableRow(column, value, usedBy: holder))
}
