#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Whatever rows a store has, its plan is the one that a store of another kind gives for them.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct SamePlanTests {
    private static let names = ["a", "b", "c", "d", "e"]
    private static let organizations = 9
    private static let capabilities = ["web", "time", "files", "gone"]

    private func definition(_ generator: inout RepeatableNumbers) -> PlatformDefinition {
      var platform = PlatformDefinition()
      for id in Self.capabilities.dropLast() {
        platform.capabilities.replace(CapabilityDescriptor(id: id, name: id))
      }
      var placed: [String] = []
      var harnesses: [BuiltInHarness] = []
      for name in Self.names.shuffled(using: &generator).prefix(
        Int.random(in: 0...5, using: &generator))
      {
        harnesses.append(
          BuiltInHarness(
            name: name, displayName: name.uppercased(),
            systemPrompt: generator.pick(["Help.", "Täglich 😀.", ""]),
            parent: generator.oneIn(2) ? generator.pick(placed + ["nowhere"]) : nil,
            tags: generator.oneIn(2) ? ["x"] : [],
            roles: HarnessRole.allCases.filter { _ in generator.oneIn(2) },
            capabilities: Self.capabilities.shuffled(using: &generator)
              .prefix(Int.random(in: 0...3, using: &generator)).map {
                CapabilityUse(
                  $0,
                  config: generator.pick([
                    [:], ["n": 1], ["b": ["y": 2, "x": [1, "z"]], "a": nil],
                    ["n": .number(JSONNumber(1.5) ?? JSONNumber(1))],
                  ]))
              },
            previousNames: generator.oneIn(3) ? [generator.pick(Self.names)] : []))
        placed.append(name)
      }
      platform.builtInHarnesses = harnesses.shuffled(using: &generator)
      return platform
    }

    /// An edit as an administrator or another program may make it.
    private func edit(_ number: Int, _ generator: inout RepeatableNumbers) -> String {
      let organization = Int.random(in: 1...Self.organizations, using: &generator)
      let other = Int.random(in: 1...Self.organizations, using: &generator)
      let name = generator.pick(Self.names)
      // What is done to many organizations leaves them alike.
      let meant = generator.oneIn(3) ? "org_id >= \(organization)" : "org_id = \(organization)"
      let row = "\(meant) AND name = '\(name)'"
      let ids = "(SELECT id FROM harnesses WHERE \(row))"
      let first = "(SELECT id FROM harnesses WHERE org_id = \(other) AND name = '\(name)')"
      let inserted = """
        INSERT INTO harnesses (id, org_id, name, display_name, system_prompt, is_built_in, tags)
        SELECT '{own}', \(organization), '\(name)', 'Own', 'Own', {true}, {tags x}
        WHERE NOT EXISTS (
          SELECT 1 FROM harnesses WHERE org_id = \(organization) AND name = '\(name)')
        """
      return generator.pick([
        "UPDATE harnesses SET system_prompt = 'Edited \(number)' WHERE \(row)",
        "UPDATE harnesses SET display_name = 'Edited' WHERE \(row)",
        "UPDATE harnesses SET description = 'Edited' WHERE \(row)",
        "UPDATE harnesses SET is_built_in = {false} WHERE \(row)",
        "UPDATE harnesses SET is_built_in = {true} WHERE \(row)",
        "UPDATE harnesses SET status = 'archived' WHERE \(row)",
        "UPDATE harnesses SET status = 'active' WHERE org_id = \(organization)",
        "UPDATE harnesses SET tags = {tags y x} WHERE \(row)",
        "UPDATE harnesses SET parent_harness_id = NULL WHERE \(row)",
        "UPDATE harnesses SET parent_harness_id = \(first) WHERE \(row)",
        "DELETE FROM harness_capabilities WHERE harness_id IN \(ids)",
        "UPDATE harness_capabilities SET config = '{\"edited\": \(number)}' WHERE harness_id IN \(ids)",
        "UPDATE harness_capabilities SET position = 9 - position WHERE harness_id IN \(ids)",
        inserted, inserted.replacing("{true}", with: "{false}"),
        "UPDATE organization_settings SET default_harness_id = \(first) "
          + "WHERE org_id = \(organization)",
        """
        UPDATE organization_settings SET base_harness_id = (SELECT id FROM harnesses
          WHERE org_id = organization_settings.org_id AND name = '\(name)') WHERE \(meant)
        """,
        "UPDATE organization_settings SET base_harness_id = NULL WHERE \(meant)",
        "DELETE FROM organization_settings WHERE \(meant)",
      ])
    }

    private func options(_ generator: inout RepeatableNumbers) -> SeedOptions {
      SeedOptions(
        scope: generator.oneIn(4) ? .harnesses : .all,
        organizations: generator.oneIn(4)
          ? (2...4).map { "org_" + String(repeating: "0", count: 31) + "\($0)" } : nil,
        prune: generator.oneIn(2) ? generator.pick(SeedOptions.Prune.allCases) : nil,
        overwrites: generator.oneIn(3),
        adopted: generator.oneIn(3) ? [SeedAddress(.harness, ["a"], in: .folded)] : [],
        acceptedOwn: generator.oneIn(3) ? [SeedAddress(.harness, ["c"], in: .folded)] : [])
    }

    /// The first line in which two listings differ; `nil` if they are equal.
    private func difference(_ listings: [[String]]) -> String? {
      let counts = listings.map(\.count)
      guard let place = zip(listings[0], listings[1]).enumerated().first(where: { $1.0 != $1.1 })
      else { return counts[0] == counts[1] ? nil : "\(counts)" }
      return "\(place.offset):\n\(place.element.0)\n\(place.element.1)"
    }

    @Test(arguments: 1...5)
    func `both stores plan the same for the same rows, and hold the same afterwards`(seed: Int)
      throws
    {
      var generator = RepeatableNumbers(state: UInt64(seed))
      try withBothStores { both throws in
        for number in 1...Self.organizations { try both.addOrganization(number) }
        for step in 0..<5 {
          let platform = definition(&generator)
          for number in 0..<Int.random(in: 0...8, using: &generator) {
            try both.execute(edit(step * 10 + number, &generator))
          }
          let basis = SeedBasis(definition: platform, catalog: .stock, grade: .dev)
          let comment: Comment = "seed \(seed), step \(step)"
          let options = [SeedOptions(), options(&generator)]
          let stores = try both.opened()
          for options in options {
            let plans = try stores.map { try both.plan($0.store, basis, options) }
            try #require(difference(plans) == nil, comment)
          }
          let results = try stores.map { store in
            try store.store.apply(
              basis, options: options[1], isFull: false,
              platform: SeedPlan.Source(ref: "random", fingerprint: platform.fingerprint),
              change: .test, decide: { _ in true })
          }
          #expect(results[0].isApplied == results[1].isApplied, comment)
          #expect(results[0].acceptances == results[1].acceptances, comment)
          let contents = try stores.map { try both.content($0.store) }
          try #require(difference(contents) == nil, comment)
        }
      }
    }
  }
#endif
