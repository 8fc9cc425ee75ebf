import Everruns
import EverrunsDocuments

/// Compares the rows of a catalog with a store, in seeding order, and decides each.
///
/// The order matters: whether a row can be created depends on earlier ones, such as a model's
/// provider or an agent's MCP servers.
package struct SeedComparison {
  private let desired: SeedDesiredState
  private let snapshot: SeedSnapshot
  private let options: SeedOptions
  private let freshID: (() -> String)?
  private let stored: [RecordKind: StoredRecords]
  private let modelNames: [String: String]
  /// The ids that rows have or will have, by kind and seed id.
  private var liveIDs: [RecordKind: [String: String]] = [:]
  /// The addresses of rows that get a fresh id, by that id.
  ///
  /// A plan shows the address in place of the id, which is made when the plan is carried out.
  private var newAddresses: [String: String] = [:]
  /// Rows already matched to a catalog row; a row matches at most one.
  private var claimed: [RecordKind: Set<String>] = [:]
  /// What was last applied, by kind.
  private let memory: [RecordKind: CatalogMemory]
  /// What models are called after the run, by row.
  private var modelNamesAfterwards: [String: String] = [:]
  /// The natural keys in use.
  private var places: [RecordKind: RecordPlaces] = [:]

  /// Creates a comparison of a desired state with the contents of a store.
  ///
  /// - Parameters:
  ///   - desired: The rows that the store should have.
  ///   - snapshot: The contents of the store.
  ///   - options: The options of the run.
  ///   - freshID: Creates an id for a row whose seed id is in use; `nil` if the steps are not carried
  ///     out.
  package init(
    desired: SeedDesiredState, snapshot: SeedSnapshot, options: SeedOptions = SeedOptions(),
    freshID: (() -> String)? = nil
  ) {
    self.desired = desired
    self.snapshot = snapshot
    self.options = options
    self.freshID = freshID
    let keys = Dictionary(
      desired.records.filter { !$0.naturalKey.isEmpty }
        .map { ($0.kind, $0.naturalKey.keys.sorted()) },
      uniquingKeysWith: { first, _ in first })
    let stored = snapshot.records.reduce(into: [:]) { stored, entry in
      stored[entry.key] = StoredRecords(entry.value, key: keys[entry.key] ?? [])
    }
    self.stored = stored
    let wanted = Dictionary(grouping: desired.records, by: \.kind)
    memory = RecordKind.allCases.reduce(into: [:]) { memory, kind in
      memory[kind] = CatalogMemory(
        snapshot.memory[kind] ?? [:], wanted: Set((wanted[kind] ?? []).map(\.seedID)),
        key: keys[kind] ?? [])
    }
    places = RecordKind.allCases.reduce(into: [:]) { places, kind in
      places[kind] =
        StoredRecords(
          (snapshot.records[kind] ?? []) + (snapshot.recordsElsewhere[kind] ?? []),
          key: keys[kind] ?? []
        ).places
    }
    modelNames = Dictionary(
      desired.records.filter { $0.kind == .llmModel }.map { ($0.seedID, $0.name) },
      uniquingKeysWith: { first, _ in first })
  }

  /// One row for the organization and one for each catalog row, in order.
  ///
  /// - Throws: ``SeedIdentityConflict`` if something else has the default organization's identity.
  package func rows() throws(SeedIdentityConflict) -> [SeedPlanRow] {
    try steps().map(\.row)
  }

  /// One step for the organization and one for each catalog row, in order.
  ///
  /// - Throws: ``SeedIdentityConflict`` if something else has the default organization's identity.
  package func steps() throws(SeedIdentityConflict) -> [SeedStep] {
    var copy = self
    // The organization's MCP servers satisfy agents even if the catalog does not list them.
    for server in snapshot.records[.mcpServer] ?? [] {
      copy.liveIDs[.mcpServer, default: [:]][server.id] = server.id
    }
    var steps = [try copy.organizationStep()]
    var rest = desired.records[...]
    while let kind = rest.first?.kind {
      let records = rest.prefix { $0.kind == kind }
      rest = rest.dropFirst(records.count)
      steps +=
        kind == .organizationSettings
        ? records.map { copy.defaultModelStep(for: $0) } : copy.steps(for: Array(records))
    }
    return steps
  }

  // MARK: The organization

  private func organizationStep() throws(SeedIdentityConflict) -> SeedStep {
    let wanted = desired.organization
    if let held = snapshot.defaultOrganization, held.publicID != wanted.publicID {
      throw SeedIdentityConflict(held: held, wanted: wanted)
    }
    if let number = snapshot.numberOfDefaultPublicID, number != wanted.orgID {
      throw SeedIdentityConflict(
        held: SeedOrganization(orgID: number, publicID: wanted.publicID, name: wanted.name),
        wanted: wanted)
    }
    let content: JSONObject = ["name": .string(wanted.name)]
    var trace = DecisionTrace()
    trace.ask("is the default organization", wanted.name, from: .catalog)
    trace.ask("is in the store", snapshot.defaultOrganization != nil, from: .store)
    let decision =
      snapshot.defaultOrganization.map { organization in
        decide(
          StoredRecord(id: organization.publicID, fields: ["name": .string(organization.name)]),
          content: content, lastApplied: snapshot.memory[.organization]?[wanted.publicID],
          overwrites: options.overwrites, trace: &trace)
      } ?? RecordDecision(reason: .missing(), isRemembered: true)
    return SeedStep(
      row: SeedPlanRow(
        address: SeedAddress(.organization, [wanted.name]), name: wanted.name,
        id: wanted.publicID, organization: wanted.publicID, organizationName: organizationName,
        reason: decision.reason, changes: decision.changes),
      write: decision.reason.action.writes
        ? .organization(wanted, isNew: snapshot.defaultOrganization == nil) : nil,
      memory: decision.isRemembered
        ? (wanted.publicID, SeedMemory(id: wanted.publicID, content: content)) : nil,
      trace: trace)
  }

  // MARK: Rows of the catalog

  /// The observation of a record before the records of its kind are decided.
  private struct Found {
    let record: DesiredRecord
    let observed: ObservedRecord
  }

  /// One step for each record of a kind, in order.
  ///
  /// A record that gets the natural key of another record's row is decided after that one, which may
  /// give the key up. Records that wait for each other exchange their keys, if all give theirs up.
  private mutating func steps(for records: [DesiredRecord]) -> [SeedStep] {
    let found = records.map { find($0) }
    var steps: [Int: SeedStep] = [:]
    var undecided = Dictionary(
      found.enumerated().compactMap { index, found in found.observed.stored.map { ($0.id, index) }
      },
      uniquingKeysWith: { first, _ in first })
    var waiting: [String: [Int]] = [:]
    var ready = Array(records.indices)
    func settle(_ index: Int) {
      guard steps[index] == nil else { return }
      let holder = holders(ofKeyOf: found[index]).first { undecided[$0.id] == nil }
      steps[index] = step(for: found[index], holder: holder)
      guard let id = found[index].observed.stored?.id, undecided[id] == index else { return }
      undecided[id] = nil
      ready += waiting.removeValue(forKey: id) ?? []
    }
    while true {
      var next = 0
      while next < ready.count {
        let index = ready[next]
        next += 1
        let holders = holders(ofKeyOf: found[index])
        if let holder = holders.first, holders.allSatisfy({ undecided[$0.id] != nil }) {
          waiting[holder.id, default: []].append(index)
        } else {
          settle(index)
        }
      }
      ready = []
      let circular = records.indices.filter { steps[$0] == nil }
      guard !circular.isEmpty else { break }
      let staying = circular.filter { found[$0].observed.stored != nil && !givesKeyUp(found[$0]) }
      for index in staying.isEmpty ? circular : staying { settle(index) }
      if staying.isEmpty { break }
    }
    return records.indices.compactMap { steps[$0] }
  }

  /// Whether a row gets another natural key, as long as nothing else has that key.
  private func givesKeyUp(_ found: Found) -> Bool {
    var trace = DecisionTrace()
    let decision = decide(
      found.record, found.observed, overwrites: options.overwrites, trace: &trace)
    return decision.reason.action.writes
      && decision.changes.contains { found.record.naturalKey[$0.field] != nil }
  }

  private func holders(ofKeyOf found: Found) -> [RecordHolder] {
    places[found.record.kind]?.holders(
      ofKeyOf: found.observed.content, otherThan: found.observed.stored?.id) ?? []
  }

  private mutating func find(_ record: DesiredRecord) -> Found {
    let content = liveContent(of: record)
    let lastApplied = memory[record.kind]?.lastApplied(to: record, content)
    let row = storedRecord(for: record, content, lastApplied)
    var observed = ObservedRecord(
      stored: row,
      lastApplied: lastApplied ?? row.flatMap { memory[record.kind]?.lastApplied(toRow: $0.id) },
      content: content)
    observed.hasMemory = snapshot.hasMemory
    observed.absent = absentRows(for: record)
    observed.isSeedIDTaken = snapshot.idsTaken[record.kind]?.contains(record.seedID) ?? false
    var trace = DecisionTrace()
    if let row, firstFailure(of: record.rules, absent: observed.absent, trace: &trace) == nil {
      claimed[record.kind, default: []].insert(row.id)
    }
    return Found(record: record, observed: observed)
  }

  private mutating func step(for found: Found, holder: RecordHolder?) -> SeedStep {
    let record = found.record
    var observed = found.observed
    let (row, content) = (observed.stored, observed.content)
    observed.keyHolder = holder
    var trace = DecisionTrace()
    let decision = decide(record, observed, overwrites: options.overwrites, trace: &trace)
    let action = decision.reason.action
    // The id of the row, if it exists or is created.
    let id: String? =
      if let row, action != .skip, action != .blocked { row.id } else if action == .create {
        decision.takesSeedID ? record.seedID : newID(of: record)
      } else { nil }
    if let id {
      let held = row?.fields
      // A row with a kept local edit lists changes that are not made.
      let written = (action.writes ? decision.changes : [])
        .reduce(into: held ?? content) { $0[$1.field] = $1.after }
      places[record.kind]?.move(id, from: held, to: written)
      liveIDs[record.kind, default: [:]][record.seedID] = id
      if record.kind == .llmModel { modelNamesAfterwards[id] = written.text("model_id") }
    } else if row?.id != record.seedID {
      // Another catalog row's row may have the seed id.
      liveIDs[record.kind]?[record.seedID] = nil
    }
    return SeedStep(
      row: planRow(
        record,
        id: decision.takesSeedID || ![.create, .blocked].contains(action)
          ? row?.id ?? record.seedID : row?.id,
        reason: decision.reason, notes: decision.notes, exists: decision.exists,
        changes: decision.changes.map(shown)),
      write: id.flatMap { write(decision, to: $0, of: record, content) },
      memory: id.flatMap { id in
        decision.isRemembered ? (record.seedID, SeedMemory(id: id, content: content)) : nil
      },
      forgotten: id.flatMap { id in
        decision.isRemembered ? memory[record.kind]?.formerSeedIDs(ofRow: id) : nil
      } ?? [], trace: trace)
  }

  /// A fresh id; without any, the row's address stands for it.
  private mutating func newID(of record: DesiredRecord) -> String {
    let address = SeedAddress(record.kind, record.names).description
    let id = freshID?() ?? address
    newAddresses[id] = address
    return id
  }

  /// A change as a plan shows it.
  private func shown(_ change: FieldChange) -> FieldChange {
    guard !newAddresses.isEmpty else { return change }
    return FieldChange(
      field: change.field, before: change.before, after: shown(change.after))
  }

  private func shown(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text):
      if let address = newAddresses[text] {
        .string(address)
      } else if case .mcpServer(let id) = CapabilityReference(text), let address = newAddresses[id]
      {
        .string("mcp:\(address)")
      } else {
        value
      }
    case .array(let items): .array(items.map(shown))
    case .object(let object):
      .object(JSONObject(object.members.map { .init(key: $0.key, value: shown($0.value)) }))
    case .null, .bool, .number: value
    }
  }

  private func write(
    _ decision: RecordDecision, to id: String, of record: DesiredRecord, _ content: JSONObject
  ) -> SeedWrite? {
    switch decision.reason.action {
    case .create: .insert(record.kind, id: id, content: content)
    case .update:
      .update(
        record.kind, id: id,
        changes: decision.changes.reduce(into: keyToWrite(decision, of: record, content)) {
          $0[$1.field] = $1.after
        })
    case .unchanged, .skip, .keep, .release, .delete, .blocked: nil
    }
  }

  /// The natural key, if the change touches it: it is written as a whole.
  private func keyToWrite(
    _ decision: RecordDecision, of record: DesiredRecord, _ content: JSONObject
  ) -> JSONObject {
    let key = record.naturalKey
    guard decision.changes.contains(where: { key[$0.field] != nil }) else { return [:] }
    return JSONObject(content.members.filter { key[$0.key] != nil })
  }

  /// The seed ids of required rows that neither exist nor are seeded.
  private func absentRows(for record: DesiredRecord) -> Set<String> {
    record.rules.reduce(into: []) { absent, rule in
      guard case .requires(let requirement) = rule else { return }
      absent.formUnion(requirement.ids.filter { liveIDs[requirement.kind]?[$0] == nil })
    }
  }

  // MARK: The default model

  private mutating func defaultModelStep(for record: DesiredRecord) -> SeedStep {
    let setting = OrganizationSetting.defaultModel
    let id = liveIDs[.llmModel]?[record.seedID] ?? record.seedID
    let name = modelNames[record.seedID] ?? record.seedID
    let current = snapshot.defaultModelID
    let chosen = (stored[.llmModel]?.withID(current)).map {
      modelNamesAfterwards[$0.id] ?? $0.modelName
    }
    let observed = ObservedSetting(
      current.map { current in
        current == id && chosen != nil
          ? .wanted : chosen.map { .other(name: $0) } ?? .dangling(id: current)
      } ?? .unset)
    var trace = DecisionTrace()
    trace.ask("the default model", name, from: .catalog)
    let failure = firstFailure(of: record.rules, absent: absentRows(for: record), trace: &trace)
    let wanted: WantedSetting =
      failure.map { .none($0) }
      ?? .row(name: name, role: nil, blocked: .defaultModelSkipped(name))
    let decision = decide(
      setting, names: wanted, observed, overwrites: options.overwrites, trace: &trace)
    return SeedStep(
      row: planRow(
        record, id: nil, reason: decision.reason, notes: decision.notes, exists: decision.exists,
        changes: decision.changes(of: setting)),
      write: decision.writes ? .setting(setting, id: id) : nil, memory: nil, trace: trace)
  }

  // MARK: Finding rows

  private func planRow(
    _ record: DesiredRecord, id: String?, reason: SeedReason, notes: [SeedNote] = [],
    exists: Bool? = nil, changes: [FieldChange] = []
  ) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(record.kind, record.names), name: record.name, id: id,
      organization: desired.organization.publicID, organizationName: organizationName,
      reason: reason, notes: notes, exists: exists, changes: changes)
  }

  /// The current or future name of the default organization.
  private var organizationName: String {
    (snapshot.defaultOrganization ?? desired.organization).name
  }

  /// The stored row that a catalog row refers to, unless it was made for another catalog row: by seed
  /// id, by the id it was given earlier, then by natural key, whatever its id.
  private func storedRecord(
    for record: DesiredRecord, _ content: JSONObject, _ lastApplied: SeedMemory?
  ) -> StoredRecord? {
    guard let stored = stored[record.kind] else { return nil }
    let claimed = claimed[record.kind] ?? []
    let memory = memory[record.kind]
    let candidates =
      [record.seedID, lastApplied?.id].compactMap(stored.withID)
      + (record.naturalKey.isEmpty ? [] : stored.with(keyOf: content))
    return candidates.first { row in
      !claimed.contains(row.id) && memory?.isOfAnother(row.id, than: record.seedID) != true
    }
  }

  /// The desired content, with the actual ids of the referenced rows.
  private func liveContent(of record: DesiredRecord) -> JSONObject {
    var content = record.content
    if let provider = content.text("provider_id"),
      let live = liveIDs[.llmProvider]?[provider]
    {
      content["provider_id"] = .string(live)
    }
    if case .array(let capabilities)? = content["capabilities"] {
      content["capabilities"] = .array(capabilities.map(withLiveServer))
    }
    return content
  }

  private func withLiveServer(_ capability: JSONValue) -> JSONValue {
    guard case .object(var object) = capability, let ref = object.text("ref"),
      case .mcpServer(let id) = CapabilityReference(ref), let live = liveIDs[.mcpServer]?[id]
    else { return capability }
    object["ref"] = .string("mcp:\(live)")
    return .object(object)
  }
}

extension SettingDecision {
  /// The change of a setting, as a plan shows it.
  package func changes(of setting: OrganizationSetting) -> [FieldChange] {
    change.map { change in
      [
        FieldChange(
          field: setting.column, before: .string(change.before), after: .string(change.after))
      ]
    } ?? []
  }
}

extension StoredRecord {
  /// A provider's name for the model.
  fileprivate var modelName: String {
    fields.text("model_id") ?? id
  }
}
