import Everruns

/// Collects what becomes of one thing in every organization, and folds what is equal in two or
/// more organizations other than the default one into a single row.
struct RowFolding {
  /// What becomes of it in one organization.
  struct Outcome: Hashable {
    var id: String?
    let reason: SeedReason
    var notes: [SeedNote] = []
    var exists: Bool?
    var changes: [FieldChange] = []
  }

  private let kind: RecordKind
  private let name: String
  private let defaultOrganization: SeedOrganization
  /// Whether equal rows are listed one by one all the same.
  private let expands: Bool
  private var defaultOutcome: Outcome?
  /// The organizations of each outcome, ids left aside: how many, and the first with its id.
  private var groups: [Outcome: (count: Int, first: String, id: String?)] = [:]
  /// The outcome of each organization, where they are listed one by one.
  private var listed: [(outcome: Outcome, organization: String)] = []

  init(
    _ kind: RecordKind, _ name: String, defaultOrganization: SeedOrganization, expands: Bool
  ) {
    self.kind = kind
    self.name = name
    self.defaultOrganization = defaultOrganization
    self.expands = expands
  }

  /// Adds what becomes of it in an organization.
  ///
  /// - Parameters:
  ///   - organization: The public id; of several organizations the first.
  ///   - count: How many organizations have the outcome.
  mutating func add(
    _ outcome: Outcome, organization: String, count: Int = 1, isDefault: Bool
  ) {
    guard !isDefault else {
      defaultOutcome = outcome
      return
    }
    guard !expands else {
      listed.append((outcome, organization))
      return
    }
    var key = outcome
    key.id = nil
    guard let group = groups[key] else {
      groups[key] = (count, organization, outcome.id)
      return
    }
    let isFirst = organization.precedesInBytes(group.first)
    groups[key] = (
      group.count + count, isFirst ? organization : group.first, isFirst ? outcome.id : group.id
    )
  }

  /// The default organization's row first, then the others in the order of public ids.
  var rows: [SeedPlanRow] {
    let others = groups.sorted { $0.value.first.precedesInBytes($1.value.first) }
      .map { outcome, group in
        group.count > 1
          ? row(outcome, .folded, id: nil, organization: nil, organizations: group.count)
          : row(outcome, .organization(group.first), id: group.id, organization: group.first)
      }
    let single = listed.sorted { $0.organization.precedesInBytes($1.organization) }.map {
      row(
        $0.outcome, .organization($0.organization), id: $0.outcome.id,
        organization: $0.organization)
    }
    let own = defaultOutcome.map {
      row($0, .defaultOrganization, id: $0.id, organization: defaultOrganization.publicID)
    }
    return (own.map { [$0] } ?? []) + others + single
  }

  private func row(
    _ outcome: Outcome, _ scope: SeedAddress.Scope, id: String?, organization: String?,
    organizations: Int? = nil
  ) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(kind, [name], in: scope), name: name, id: id,
      organization: organization, organizations: organizations, reason: outcome.reason,
      notes: outcome.notes, exists: outcome.exists, changes: outcome.changes)
  }
}
