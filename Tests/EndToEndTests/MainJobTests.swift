import Testing

/// What people install the program for.
@Suite struct MainJobTests {
  @Test(
    arguments: [
      ("prod", 75, 3), ("preview", 75, 3), ("poc", 75, 3), ("dev", 77, 1),
    ])
  func `seed preview without a store counts what every grade creates and skips`(
    grade: String, create: Int, skip: Int
  ) throws {
    try withSandbox { sandbox in
      let plan = try sandbox.process("seed preview -o json --grade", grade).json()
      #expect(
        plan["summary"] == [
          "create": .number(Double(create)), "update": 0, "unchanged": 0,
          "skip": .number(Double(skip)), "keep": 0, "release": 0, "delete": 0, "blocked": 0,
        ])
      #expect(plan["grade"] == .string(grade))
      #expect(plan["rows"].elements.count == create + skip)
      #expect(
        plan["rows"].elements.count { $0["action"] == "create" } == create,
        "the summary counts the rows")
    }
  }

  @Test func `seed preview ends with the counts and the token of the plan`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.process("seed preview")
      let token = try #require(try sandbox.process("seed preview -o json").json()["token"].text)
      outcome.expect()
      #expect(
        outcome.lines.suffix(2) == [
          "75 create, 3 skip; 78 rows",
          "Next: everrunsctl seed apply --expect \(token)",
        ], outcome.report)
      #expect(
        outcome.lines.first
          == "Plan for a new store at '\(sandbox.store)', platform 'oss', grade prod",
        outcome.report)
    }
  }

  @Test func `seed preview -v shows all 78 rows`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.process("seed preview -v")
      #expect(
        outcome.lines.count { $0.hasPrefix("  + ") || $0.hasPrefix("  o ") } == 78, outcome.report)
    }
  }

  @Test func `a plan has its sections in the order of the contract`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.process("seed preview -o json")
      let keys = outcome.lines.filter { $0.hasPrefix("  \"") }
        .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
      #expect(
        keys == [
          "format", "platform", "store", "grade", "catalog", "options", "rules", "rows", "summary",
          "by_kind", "by_reason", "overwrites", "token",
        ], outcome.report)
    }
  }

  @Test func `seed preview, status and every list create nothing`() throws {
    try withSandbox { sandbox in
      for line in ["seed preview", "status", "platform list", "capabilities list", "orgs list"] {
        try #expect(sandbox.run(line).exitCode == 0)
      }
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test func `seed preview --exit-code ends with 2, since rows would be created`() throws {
    try withSandbox { sandbox in
      try sandbox.process("seed preview --exit-code").expect(exit: 2)
      try sandbox.process("seed preview").expect(exit: 0)
    }
  }

  @Test
  func `on a fresh machine providers unregister daytona saves two revisions of default`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.process("providers unregister daytona").expect(
        out: """
          - connection_providers/daytona

          default@1 -> default@2: 1 removed

          """,
        err: """
          note: no platform was chosen, so 'oss' at grade 'prod' is saved as 'default'

          """)
      try #expect(
        sandbox.process("platform export oss").output
          == sandbox.process("platform export default@1").output)
      try #expect(
        sandbox.process("providers list -o name").lines
          == sandbox.process("providers list -o name -p oss").lines.filter { $0 != "daytona" })
    }
  }

  @Test func `the first change names the preset's grade, and keeps that content`()
    throws
  {
    try withSandbox { sandbox in
      let outcome = try sandbox.process("providers unregister daytona --grade dev")
      outcome.expect(
        out: nil,
        err: "note: no platform was chosen, so 'oss' at grade 'dev' is saved as 'default'\n")
      try #expect(
        sandbox.process("platform export default@1 --grade prod").output
          == sandbox.process("platform export oss --grade dev").output)
    }
  }

  @Test func `without the capability daytona its seed agent is skipped, and the reason names it`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.process("providers unregister daytona -q").expect()
      try sandbox.process("capabilities unregister daytona").expect(
        out: """
          - capabilities/daytona

          Impact
            agent/daytona-coder: create -> skip, the capability 'daytona' is not registered

          default@2 -> default@3: 1 removed
          Next: everrunsctl seed preview

          """)
      let plan = try sandbox.process("seed preview -o json").json()
      let row = plan["rows"].elements.first { $0["address"] == "agent/daytona-coder" }
      #expect(row?["action"] == "skip")
      #expect(
        row?["reason"] == [
          "code": "capability_not_registered",
          "message": "the capability 'daytona' is not registered",
        ])
      #expect(
        plan["summary"] == [
          "create": 74, "update": 0, "unchanged": 0, "skip": 4, "keep": 0, "release": 0,
          "delete": 0, "blocked": 0,
        ])
      #expect(plan["platform"]["ref"] == "default")
      #expect(plan["platform"]["revision"] == 3)
    }
  }

  @Test func `store init creates a private store, and names the next step`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.process("store init").expect(
        out: """
          Created store '\(sandbox.store)'.
          Next: everrunsctl seed preview

          """)
      let modes = try sandbox.run([
        "/usr/bin/stat", "-c", "%a", sandbox.store, sandbox.home + "/.local/share/everruns",
      ])
      modes.expect(out: "600\n700\n")
      let before = try sandbox.everything()
      try sandbox.process("store init").expect(
        out: """
          Nothing to do: store '\(sandbox.store)' already exists and is up to date.
          Next: everrunsctl seed preview

          """)
      try #expect(
        sandbox.everything()[".local/share/everruns/store.db"]
          == before[".local/share/everruns/store.db"])
    }
  }
}
