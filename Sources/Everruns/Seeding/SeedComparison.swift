/// Compares the rows of a catalog with those of a store: a pure function of two values.
///
/// Rows are taken in the order of seeding, since whether one can be made depends on those before
/// it: a model on its provider, an agent on its MCP server.
public struct SeedComparison {
  private let desired: SeedDesiredState
  private let snapshot: SeedSnapshot
  /// The ids that rows have or will have, by kind and seed id.
  private var liveIDs: [RecordKind: [String: String]] = [:]

  /// A comparison of what should be with what is.
  public init(desired: SeedDesiredState, snapshot: SeedSnapshot) {
    self.desired = desired
    self.snapshot = snapshot
  }

  /// One row for the organization and for each record, in order.
  ///
  /// - Throws: ``SeedIdentityConflict``
  public func rows() throws(SeedIdentityConflict) -> [SeedPlanRow] {
    var copy = self
    // MCP servers of the organization satisfy agents whether a catalog has them or not.
    for server in snapshot.records[.mcpServer] ?? [] {
      copy.liveIDs[.mcpServer, default: [:]][server.id] = server.id
    }
    var rows = [try copy.organizationRow()]
    for record in desired.records {
      rows.append(copy.row(for: record))
    }
    return rows
  }

  private func organizationRow() throws(SeedIdentityConflict) -> SeedPlanRow {
    let wanted = desired.organization
    if let held = snapshot.defaultOrganization, held.publicID != wanted.publicID {
      throw SeedIdentityConflict(held: held, wanted: wanted)
    }
    if let number = snapshot.numberOfDefaultPublicID, number != wanted.orgID {
      throw SeedIdentityConflict(
        held: SeedOrganization(orgID: number, publicID: wanted.publicID, name: wanted.name),
        wanted: wanted)
    }
    let reason: SeedReason =
      switch snapshot.defaultOrganization {
      case nil: .missing(becomes: nil)
      case let stored? where stored.name.hasSameBytes(as: wanted.name): .matches
      case _?: .keptLocalEdit(fields: ["name"])
      }
    return SeedPlanRow(
      address: SeedAddress(.organization, [wanted.name]), name: wanted.name, id: wanted.publicID,
      organization: wanted.publicID, reason: reason)
  }

  private mutating func row(for record: DesiredRecord) -> SeedPlanRow {
    record.kind == .organizationSettings
      ? defaultModelRow(for: record) : catalogRow(for: record)
  }

  private mutating func catalogRow(for record: DesiredRecord) -> SeedPlanRow {
    let stored = storedRecord(for: record)
    if let reason = firstBrokenRule(of: record) {
      return planRow(
        record, id: stored?.id ?? record.seedID, reason: reason,
        notes: stored == nil ? [] : [.existsWithoutPrerequisite], exists: stored != nil)
    }
    guard let stored else {
      let isTaken = snapshot.idsTaken[record.kind]?.contains(record.seedID) ?? false
      liveIDs[record.kind, default: [:]][record.seedID] = record.seedID
      return planRow(
        record, id: isTaken ? nil : record.seedID, reason: .missing(becomes: nil),
        notes: isTaken ? [.seedIDTaken(record.seedID)] : [])
    }
    liveIDs[record.kind, default: [:]][record.seedID] = stored.id
    if stored.isArchived {
      return planRow(record, id: stored.id, reason: .archived)
    }
    let differing = liveContent(of: record).members.filter { stored.fields[$0.key] != $0.value }
    return planRow(
      record, id: stored.id,
      reason: differing.isEmpty ? .matches : .keptLocalEdit(fields: differing.map(\.key)))
  }

  private func defaultModelRow(for record: DesiredRecord) -> SeedPlanRow {
    let current = snapshot.defaultModelID
    let models = snapshot.records[.llmModel] ?? []
    if let reason = firstBrokenRule(of: record) {
      return planRow(record, id: nil, reason: reason, exists: current != nil)
    }
    let wanted = liveIDs[.llmModel]?[record.seedID] ?? record.seedID
    guard let current else {
      return planRow(record, id: nil, reason: .missing(becomes: modelName(record.seedID)))
    }
    guard let chosen = models.first(where: { $0.id == current }) else {
      return planRow(
        record, id: nil, reason: .missing(becomes: modelName(record.seedID)),
        notes: [.settingDangling(current)])
    }
    if current == wanted {
      return planRow(record, id: nil, reason: .matches)
    }
    let name =
      if case .string(let name)? = chosen.fields["model_id"] { name } else { current }
    return planRow(record, id: nil, reason: .keptOrganizationChoice(chosen: name))
  }

  private func modelName(_ seedID: String) -> String {
    desired.records.first { $0.kind == .llmModel && $0.seedID == seedID }?.name ?? seedID
  }

  private func planRow(
    _ record: DesiredRecord, id: String?, reason: SeedReason, notes: [SeedNote] = [],
    exists: Bool? = nil
  ) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(record.kind, record.names), name: record.name, id: id,
      organization: desired.organization.publicID, reason: reason, notes: notes,
      exists: exists)
  }

  /// The row a record means: by seed id, then by natural key, under whatever id it has.
  private func storedRecord(for record: DesiredRecord) -> StoredRecord? {
    let stored = snapshot.records[record.kind] ?? []
    if let byID = stored.first(where: { $0.id == record.seedID }) { return byID }
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
