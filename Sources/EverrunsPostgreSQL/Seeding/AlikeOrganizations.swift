#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import EverrunsStore

  /// Sorts organizations by their state, so that one with a frequent state can stand for the
  /// others.
  ///
  /// The server compares: it returns numbers of organizations and no contents.
  final class AlikeOrganizations {
    /// A state that organizations have, or should have.
    private struct Known {
      let filter: StateFilter
      /// The organization that stands for the others; `nil` for the desired state.
      let representative: Int?
      /// How many organizations of the last range had the state.
      var count = 0
    }

    /// Organizations of a range.
    enum Members {
      case listed([Int])
      /// The server reads a range faster than as many numbers.
      case all(in: ClosedRange<Int>, but: [Int])
    }

    private let store: PostgreSQLStore
    private let copy: WorkingCopy
    private let defaultOrganization: Int
    private let settings: [String]
    /// The names that only built-in harnesses may have.
    private let reserved: Set<String>
    /// Whether an organization with an orphan may stand for others.
    private let allowsOrphans: Bool
    private let load: ([Int]) throws -> Void
    private let name: (Members) throws -> Void
    private var known: [Known]
    /// The states of the representatives before the run.
    private(set) var representatives: [Int: OrganizationState] = [:]

    /// How many states are looked for at most.
    private static let stateLimit = 8
    /// How many organizations of a range are tried as representatives at most.
    private static let attempts = 3

    /// - Parameters:
    ///   - store: The store, in a transaction.
    ///   - copy: The copy that the store's rows are loaded into.
    ///   - desired: The state that every organization should have.
    ///   - options: The options of the run.
    ///   - load: Loads the rows of organizations into the copy.
    ///   - name: Loads the first of these organizations themselves, without their rows.
    init(
      _ store: PostgreSQLStore, _ copy: WorkingCopy, _ desired: SeedDesiredState,
      _ options: SeedOptions, load: @escaping ([Int]) throws -> Void,
      name: @escaping (Members) throws -> Void
    ) {
      self.store = store
      self.copy = copy
      self.load = load
      self.name = name
      defaultOrganization = desired.organization.orgID
      settings = desired.harnessSettings.map(\.setting.column)
      let reserved = Set(desired.harnesses.flatMap { [$0.template.name] + $0.previousNames })
      self.reserved = reserved
      // What uses an orphan decides whether it is deleted.
      allowsOrphans = options.prune != .delete
      let wanted = OrganizationState(desired).flatMap { state in
        StateFilter(state, in: store.tables, reserved: Array(reserved), comparesDigests: false)
      }
      known = wanted.map { [Known(filter: $0, representative: nil)] } ?? []
    }

    /// Loads the organizations in a range that nothing stands for.
    ///
    /// - Parameters:
    ///   - range: The numbers of the organizations.
    ///   - count: The number of organizations in the range.
    /// - Throws: ``ServerFailure``, or errors of the copy.
    func load(_ range: ClosedRange<Int>, count: Int) throws {
      known.sort { $0.count > $1.count }
      var rest: Set<Int>?
      for index in known.indices {
        known[index].count = 0
        if let rest, rest.count < store.fewAlike { break }
        rest = try removeMatching(&known[index], from: rest, of: count, in: range)
      }
      var remaining = try rest ?? Set(store.organizationNumbers(in: range))
      remaining.remove(defaultOrganization)
      for _ in 1...Self.attempts where known.count <= Self.stateLimit {
        guard remaining.count >= store.fewAlike, let first = remaining.min() else { break }
        try load([first])
        remaining.remove(first)
        guard var new = try state(of: first) else { continue }
        let before = remaining.count
        remaining = try removeMatching(&new, from: remaining, of: count, in: range)
        if remaining.count < before { known.append(new) }
      }
      try load(remaining.sorted())
    }

    /// Removes the organizations that have a known state.
    ///
    /// - Parameters:
    ///   - known: The state; the number of organizations that have it is updated.
    ///   - rest: The organizations that are left; `nil` for the whole range.
    ///   - count: The number of organizations in the range.
    ///   - range: The numbers of the organizations.
    /// - Returns: The organizations that are left then.
    /// - Throws: ``ServerFailure``, or errors of the copy.
    private func removeMatching(
      _ known: inout Known, from rest: Set<Int>?, of count: Int, in range: ClosedRange<Int>
    ) throws -> Set<Int> {
      guard let representative = known.representative else {
        let differing = Set(try known.filter.differing(in: range, store.connection))
        known.count = count - differing.count
        return rest.map { $0.intersection(differing) } ?? differing
      }
      var matching = Set(try known.filter.matching(in: range, store.connection))
      known.count = matching.count
      let isAll = rest == nil && matching.count == count
      if let rest { matching.formIntersection(rest) }
      let observed = [defaultOrganization, representative]
      let others = matching.subtracting(observed).sorted()
      try name(isAll ? .all(in: range, but: observed) : .listed(others))
      try copy.represent(others, by: representative)
      if isAll { return matching.intersection([defaultOrganization]) }
      return (try rest ?? Set(store.organizationNumbers(in: range))).subtracting(matching)
    }

    /// The state of a loaded organization, if it can stand for others.
    private func state(of organization: Int) throws -> Known? {
      let state = try copy.state(of: organization, settings: settings)
      let hasOrphan = state.harnesses.contains { $0.isBuiltIn && !reserved.contains($0.name) }
      guard state.isRepeatable(reserved: reserved), allowsOrphans || !hasOrphan,
        let filter = StateFilter(
          state, in: store.tables, reserved: Array(reserved), comparesDigests: store.hasSchema)
      else { return nil }
      representatives[organization] = state
      return Known(filter: filter, representative: organization)
    }
  }
#endif
