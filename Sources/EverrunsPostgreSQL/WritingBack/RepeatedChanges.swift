#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  /// Does to organizations what a run did to the ones that stand for them.
  struct RepeatedChanges {
    private let store: PostgreSQLStore
    private let copy: WorkingCopy
    private let representatives: [Int: OrganizationState]
    private let ranges: [ClosedRange<Int>]

    /// - Parameters:
    ///   - store: The store to change.
    ///   - copy: The copy in which the run was carried out.
    ///   - representatives: The states before the run of organizations that stand for others, by
    ///     number.
    ///   - ranges: The ranges of organization numbers to change, one after the other.
    init(
      _ store: PostgreSQLStore, _ copy: WorkingCopy, representatives: [Int: OrganizationState],
      in ranges: [ClosedRange<Int>]
    ) {
      self.store = store
      self.copy = copy
      self.representatives = representatives
      self.ranges = ranges
    }

    /// Carries the changes out, a range of organizations at a time.
    func carryOut() throws {
      var changes: [Int: StateChange] = [:]
      for (number, before) in representatives {
        let after = try copy.state(of: number, settings: before.settings.keys.sorted())
        changes[number] = StateChange(from: before, to: after)
      }
      let writer = StateChangeWriter(store)
      for (index, range) in ranges.enumerated() {
        try store.report(
          SeedProgress(activity: .writing, done: index, total: ranges.count))
        for (representative, organizations) in try copy.represented(in: range)
          .sorted(by: { $0.key < $1.key })
        {
          if let change = changes[representative] { try writer.write(change, to: organizations) }
        }
      }
    }
  }

  /// What differs between two states of an organization.
  struct StateChange {
    /// A harness that remains.
    struct Update {
      /// The name before.
      let name: String
      /// The harness afterwards.
      let harness: OrganizationState.Harness
      /// The columns that change, besides the name and the parent.
      let columns: [Int]
      let changesParent: Bool
      let changesCapabilities: Bool
      let changesDigest: Bool

      /// Whether columns of the harness change, besides the parent.
      var changesColumns: Bool { !columns.isEmpty || name != harness.name }

      /// Whether no column of the harness itself changes.
      var changesOnlyCapabilities: Bool { changesCapabilities && !changesParent && !changesColumns }
    }

    /// The new harnesses, each after its parent.
    let created: [OrganizationState.Harness]
    let updated: [Update]
    /// The settings that change.
    let settings: [(column: String, harness: OrganizationState.Reference)]

    init(from before: OrganizationState, to after: OrganizationState) {
      let held = Dictionary(
        before.harnesses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      var waiting = after.harnesses.filter { held[$0.id] == nil }
      var created: [OrganizationState.Harness] = []
      while !waiting.isEmpty {
        let names = Set(waiting.map(\.name))
        let ready = waiting.filter {
          if case .named(let name) = $0.parent { !names.contains(name) } else { true }
        }
        // A definition has no cycle of parents.
        guard !ready.isEmpty else { break }
        created += ready
        waiting.removeAll { harness in ready.contains { $0.name == harness.name } }
      }
      self.created = created + waiting
      updated = after.harnesses.compactMap { harness in
        guard let old = held[harness.id] else { return nil }
        return Update(
          name: old.name, harness: harness,
          columns: harness.values.indices.filter { harness.values[$0] != old.values[$0] },
          changesParent: harness.parent != old.parent,
          changesCapabilities: harness.capabilities != old.capabilities,
          changesDigest: harness.digest != old.digest)
      }
      settings = after.settings.sorted { $0.key < $1.key }
        .filter { before.settings[$0.key] != $0.value }.map { ($0.key, $0.value) }
    }
  }
#endif
