import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// Addresses of rows.
extension CompletionList {
  /// How many organizations are compared: more take longer than people wait after Tab.
  private static let comparedOrganizations = 1000

  /// The addresses of the plan's rows; if `areDecided`, those that `--adopt` and `--accept-own`
  /// accept.
  ///
  /// Of a plan that compares too many organizations, the rows of the default organization, of the
  /// one whose id is typed, and those that every other organization has.
  static func addresses(
    _ request: CompletionRequest, _ session: Session, areDecided: Bool = false
  ) throws -> [Choice] {
    var seeding = try session.seedRequest(for: try session.platform())
    let store = try session.storeForComparing()
    store.progress = { progress throws(StoreError) in
      if progress.total > comparedOrganizations { throw .interrupted }
    }
    do {
      return try choices(of: seeding, areDecided, session)
    } catch StoreError.interrupted {
      let word = request.prefix.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
      let typed = Organization.isPublicID(word) ? try store.organizations(named: word) : []
      seeding.options.organizations =
        [seeding.catalog.organization.publicID] + typed.map(\.publicID)
      return try choices(of: seeding, areDecided, session)
        + (areDecided ? [] : ofEveryOrganization(seeding.definition))
        + [Choice("", summary: "rows of other organizations; type an id and /")]
    }
  }

  private static func choices(
    of request: SeedRequest, _ areDecided: Bool, _ session: Session
  ) throws -> [Choice] {
    let rows = try session.withPlan(request) { plan in
      try plan.rows.filter { !areDecided || $0.reason.code == .nameOwnedByOrganization }
    }
    var met: Set<String> = []
    return rows.compactMap { row in
      // The number of a group is valid in one plan only.
      let address = (areDecided ? row.address.withoutGroup : row.address).description
      guard met.insert(address).inserted else { return nil }
      return Choice(address, summary: "\(row.action.rawValue): \(row.reason.message)")
    }
  }

  /// The rows that every organization has.
  private static func ofEveryOrganization(_ definition: PlatformDefinition) -> [Choice] {
    let rows =
      definition.builtInHarnesses.map { (RecordKind.harness, $0.name) }
      + OrganizationSetting.ofHarnesses.map { (.organizationSettings, $0.rawValue) }
    return rows.map { kind, name in
      Choice(
        SeedAddress(kind, [name], in: .folded).description,
        summary: "in every organization but the default one")
    }
  }
}
