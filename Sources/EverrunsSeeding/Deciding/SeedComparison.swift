import Everruns
import EverrunsDocuments

/// Compares the rows of a catalog with those of a store: a pure function of values.
///
/// Rows are taken in the order of seeding, since whether one can be made depends on those before
/// it: a model on its provider, an agent on its MCP server.
public struct SeedComparison {
  private let desired: SeedDesiredState
  private let snapshot: SeedSnapshot
  private let options: SeedOptions
  private let freshID: () -> String
  /// The ids that rows have or will have, by kind and seed id.
  private var liveIDs: [RecordKind: [String: String]] = [:]
  /// The rows that earlier records have been found to mean; no row is two records'.
  private var claimed: [RecordKind: Set<String>] = [:]

  /// A comparison of what should be with what is.
  ///
  /// - Parameter freshID: Makes the id of a row whose seed id is taken.
  public init(
    desired: SeedDesiredState, snapshot: SeedSnapshot, options: SeedOptions = SeedOptions(),
    freshID: @escaping () -> String = { "" }
  ) {
    self.desired = desired
    self.snapshot = snapshot
    self.options = options
    self.freshID = freshID
  }

  /// One row for the organization and for each record, in order.
  ///
  /// - Throws: ``SeedIdentityConflict``
  public func rows() throws(SeedIdentityConflict) -> [SeedPlanRow] {
    try steps().map(\.row)
  }

  /// One step for the organization and for each record, in order.
  ///
  /// - Throws: ``SeedIdentityConflict``
  public func steps() throws(SeedIdentityConflict) -> [SeedStep] {
    var copy = self
    // MCP servers of the organization satisfy agents whether a catalog has them or not.
    for server in snapshot.records[.mcpServer] ?? [] {
      copy.liveIDs[.mcpServer, default: [:]][server.id] = server.id
    }
    var steps = [try copy.organizationStep()]
    for record in desired.records {
      steps.append(
        record.kind == .organizationSettings
          ? copy.defaultModelStep(for: record) : copy.step(for: record))
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
    let stored = snapshot.defaultOrganization.map { organization in
      StoredRecord(
        id: organization.publicID, fields: ["name": .string(organization.name)])
    }
    let memory = snapshot.memory[.organization]?[wanted.publicID]
    let verdict = stored.map { decide($0, content: content, memory: memory) }
    let reason = verdict?.reason ?? .missing(becomes: nil)
    return SeedStep(
      row: SeedPlanRow(
        address: SeedAddress(.organization, [wanted.name]), name: wanted.name,
        id: wanted.publicID, organization: wanted.publicID, reason: reason,
        changes: verdict?.changes ?? []),
      write: reason.action.writesContent
        ? .organization(wanted, isNew: stored == nil) : nil,
      memory: remembered(wanted.publicID, wanted.publicID, content, reason))
  }

  // MARK: Rows of the catalog

  private mutating func step(for record: DesiredRecord) -> SeedStep {
    let memory = snapshot.memory[record.kind]?[record.seedID]
    let stored = storedRecord(for: record, memory)
    if let reason = firstBrokenRule(of: record) {
      return SeedStep(
        row: planRow(
          record, id: stored?.id ?? record.seedID, reason: reason,
          notes: stored == nil ? [] : [.existsWithoutPrerequisite], exists: stored != nil),
        write: nil, memory: nil)
    }
    guard let stored else { return missingStep(for: record, memory) }
    setLiveID(of: record, stored.id)
    claimed[record.kind, default: []].insert(stored.id)
    let content = liveContent(of: record)
    let verdict = withoutTakenKey(
      of: record, stored, decide(stored, content: content, memory: memory))
    let changed = JSONObject(
      verdict.changes.map { JSONObject.Member(key: $0.field, value: $0.after) })
    return SeedStep(
      row: planRow(record, id: stored.id, reason: verdict.reason, changes: verdict.changes),
      write: verdict.reason.action.writesContent
        ? .update(record.kind, id: stored.id, changes: changed) : nil,
      memory: remembered(record.seedID, stored.id, content, verdict.reason))
  }

  private mutating func missingStep(
    for record: DesiredRecord, _ memory: SeedMemory?
  ) -> SeedStep {
    if memory != nil, !options.overwrites {
      return SeedStep(
        row: planRow(record, id: record.seedID, reason: .removedLocally, exists: false),
        write: nil, memory: nil)
    }
    let isTaken = snapshot.idsTaken[record.kind]?.contains(record.seedID) ?? false
    let id = isTaken ? freshID() : record.seedID
    setLiveID(of: record, id)
    let content = liveContent(of: record)
    return SeedStep(
      row: planRow(
        record, id: isTaken ? nil : id, reason: .missing(becomes: nil),
        notes: isTaken ? [.seedIDTaken(record.seedID)] : []),
      write: .insert(record.kind, id: id, content: content),
      memory: (record.seedID, SeedMemory(id: id, content: content)))
  }

  /// What becomes of a row that is there.
  private func decide(
    _ stored: StoredRecord, content: JSONObject, memory: SeedMemory?
  ) -> (reason: SeedReason, changes: [FieldChange]) {
    guard !stored.isArchived else { return (.archived, []) }
    let changes = content.members.compactMap { member -> FieldChange? in
      let before = stored.fields[member.key] ?? .null
      return before == member.value
        ? nil : FieldChange(field: member.key, before: before, after: member.value)
    }
    guard !changes.isEmpty else { return (.matches, []) }
    let fields = changes.map(\.field)
    // A row without a memory counts as edited by somebody.
    let edited = memory.map { memory in
      memory.content.members.filter { stored.fields[$0.key] != $0.value }.map(\.key)
    }
    if let edited, edited.isEmpty { return (.definitionChanged(fields: fields), changes) }
    guard options.overwrites else { return (.keptLocalEdit(fields: edited ?? fields), []) }
    return (.overwritesLocalEdit(fields: fields), changes)
  }

  /// A decision that leaves the natural key as it is where another row has the one it would get:
  /// names are unique, and the other row is somebody's.
  private func withoutTakenKey(
    of record: DesiredRecord, _ stored: StoredRecord,
    _ verdict: (reason: SeedReason, changes: [FieldChange])
  ) -> (reason: SeedReason, changes: [FieldChange]) {
    let keys = verdict.changes.map(\.field).filter { record.naturalKey[$0] != nil }
    let live = liveContent(of: record)
    let isTaken = (snapshot.records[record.kind] ?? []).contains { other in
      other.id != stored.id && record.naturalKey.keys.allSatisfy { other.fields[$0] == live[$0] }
    }
    guard !keys.isEmpty, isTaken else { return verdict }
    let changes = verdict.changes.filter { !keys.contains($0.field) }
    let fields = changes.map(\.field)
    guard !changes.isEmpty else { return (.keptLocalEdit(fields: keys), []) }
    return switch verdict.reason {
    case .definitionChanged: (.definitionChanged(fields: fields), changes)
    default: (.overwritesLocalEdit(fields: fields), changes)
    }
  }

  /// What to remember of a row: what was applied to it, or that it is as it should be.
  ///
  /// Of a row that is kept, the memory stays what it was.
  private func remembered(
    _ seedID: String, _ id: String, _ content: JSONObject, _ reason: SeedReason
  ) -> (seedID: String, SeedMemory)? {
    reason.action.writesContent || reason == .matches
      ? (seedID, SeedMemory(id: id, content: content)) : nil
  }

  // MARK: The default model

  private mutating func defaultModelStep(for record: DesiredRecord) -> SeedStep {
    let current = snapshot.defaultModelID
    if let reason = firstBrokenRule(of: record) {
      return SeedStep(
        row: planRow(record, id: nil, reason: reason, exists: current != nil), write: nil,
        memory: nil)
    }
    let wanted = liveIDs[.llmModel]?[record.seedID] ?? record.seedID
    let name = modelName(record.seedID)
    let chosen = (snapshot.records[.llmModel] ?? []).first { $0.id == current }
    var notes: [SeedNote] = []
    var changes: [FieldChange] = []
    let reason: SeedReason
    switch (current, chosen) {
    case (nil, _):
      reason = .missing(becomes: name)
    case (let current?, nil):
      reason = .missing(becomes: name)
      notes = [.settingDangling(current)]
    case (wanted, _?):
      reason = .matches
    case (_?, let chosen?):
      let chosenName = chosen.modelName
      let field = OrganizationSetting.defaultModel.column
      changes = [
        FieldChange(field: field, before: .string(chosenName), after: .string(name))
      ]
      reason =
        options.overwrites
        ? .overwritesLocalEdit(fields: [field]) : .keptOrganizationChoice(chosen: chosenName)
    }
    return SeedStep(
      row: planRow(
        record, id: nil, reason: reason, notes: notes,
        changes: reason.action == .update ? changes : []),
      write: reason.action.writesContent ? .setting(.defaultModel, id: wanted) : nil,
      memory: nil)
  }

  private func modelName(_ seedID: String) -> String {
    desired.records.first { $0.kind == .llmModel && $0.seedID == seedID }?.name ?? seedID
  }

  // MARK: Finding and comparing

  private func planRow(
    _ record: DesiredRecord, id: String?, reason: SeedReason, notes: [SeedNote] = [],
    exists: Bool? = nil, changes: [FieldChange] = []
  ) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(record.kind, record.names), name: record.name, id: id,
      organization: desired.organization.publicID, reason: reason, notes: notes,
      exists: exists, changes: changes)
  }

  /// The row a record means: by seed id, by the id it was given before, then by natural key, under
  /// whatever id it has.
  private func storedRecord(for record: DesiredRecord, _ memory: SeedMemory?) -> StoredRecord? {
    let claimed = claimed[record.kind] ?? []
    let stored = (snapshot.records[record.kind] ?? []).filter { !claimed.contains($0.id) }
    for id in [record.seedID, memory?.id].compactMap(\.self) {
      if let byID = stored.first(where: { $0.id == id }) { return byID }
    }
    guard !record.naturalKey.isEmpty else { return nil }
    let live = liveContent(of: record)
    return stored.first { row in
      record.naturalKey.keys.allSatisfy { row.fields[$0] == live[$0] }
    }
  }

  private func firstBrokenRule(of record: DesiredRecord) -> SeedReason? {
    let broken = record.rules.compactMap { rule -> SeedReason? in
      switch rule {
      case .excluded(let reason): reason
      case .requires(let kind, let id, let reason): liveIDs[kind]?[id] == nil ? reason : nil
      }
    }
    guard case .mcpServerMissing? = broken.first else { return broken.first }
    // Each server has a rule of its own; all that are missing are named at once.
    return .mcpServerMissing(
      broken.flatMap { reason -> [String] in
        if case .mcpServerMissing(let ids) = reason { ids } else { [] }
      })
  }

  private mutating func setLiveID(of record: DesiredRecord, _ id: String) {
    liveIDs[record.kind, default: [:]][record.seedID] = id
  }

  /// What the row should hold, with the ids that the rows it refers to really have.
  private func liveContent(of record: DesiredRecord) -> JSONObject {
    var content = record.content
    if case .string(let provider)? = content["provider_id"],
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
    guard case .object(var object) = capability, case .string(let ref)? = object["ref"],
      case .mcpServer(let id) = CapabilityReference(ref), let live = liveIDs[.mcpServer]?[id]
    else { return capability }
    object["ref"] = .string("mcp:\(live)")
    return .object(object)
  }
}

extension SeedAction {
  /// Whether a row with this action gets content.
  var writesContent: Bool { self == .create || self == .update }
}

extension StoredRecord {
  /// The name by which a provider knows a model.
  fileprivate var modelName: String {
    if case .string(let name)? = fields["model_id"] { name } else { id }
  }
}
