import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

/// Where the store, the platform and the grade come from, as `status` and `seed why` say.
@Suite struct ValueSourceTests {
  @Test func `without options and variables, defaults and choices are named`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create ours --from ./p.yaml")
      let environment = ["EVERRUNS_PLATFORM": ""]
      let chosen = fleet.run("platform use ours", environment: environment)
      #expect(chosen.exitCode == .success)
      let status = fleet.run("status -o json", environment: environment)
      let document = try JSONValue(json: status.output)
      #expect(
        document["origins"] == [
          "store": ["origin": "variable", "name": "EVERRUNS_STORE", "overrides": []],
          "platform": ["origin": "chosen", "name": nil, "overrides": []],
          "grade": ["origin": "default", "name": nil, "overrides": []],
        ])
    }
  }

  @Test func `an overridden source is named with its value`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create ours --from ./p.yaml")
      _ = fleet.run("platform use ours", environment: ["EVERRUNS_PLATFORM": ""])
      let status = fleet.run(
        "status -v -p oss --grade poc -s ./store.db",
        environment: ["DEPLOYMENT_GRADE": "preview", "DEV_MODE": "1"])
      let lines = status.output.split(separator: "\n")
      #expect(
        lines[0].hasSuffix("(option --store, overrides variable EVERRUNS_STORE='store.db')"))
      #expect(
        lines[1].hasSuffix(
          "(option --platform, overrides variable EVERRUNS_PLATFORM='./p.yaml' and 'ours' chosen by 'platform use')"
        ))
      #expect(
        lines[2]
          == "grade        poc  (option --grade, overrides variable DEPLOYMENT_GRADE='preview' and variable DEV_MODE='1')"
      )
    }
  }

  @Test(
    arguments: [
      ("", [:], "default"), (" --grade dev", [:], "option --grade"),
      ("", ["DEV_MODE": "true"], "variable DEV_MODE"),
      ("", ["DEV_MODE": "no"], "default"),
      (
        "", ["DEPLOYMENT_GRADE": "dev", "DEV_MODE": "1"],
        "variable DEPLOYMENT_GRADE, overrides variable DEV_MODE='1'"
      ),
    ] as [(String, [String: String], String)])
  func `an explanation names the origin of the grade`(
    options: String, environment: [String: String], origin: String
  ) throws {
    try Fleet.with { fleet throws in
      let why = fleet.run("seed why agent/helper -o json" + options, environment: environment)
      let steps = try JSONValue(json: why.output)["trace"].elements
      #expect(steps.first { $0["rule"] == "the grade" }?["source"]?.string == origin)
    }
  }

  @Test func `an explanation says which option decided, or that none did`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql(
        """
        UPDATE agents SET description = 'x';
        UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'
        """)
      func source(_ rule: String, _ line: String) throws -> String? {
        try fleet.json("seed why \(line)")["trace"].elements
          .first { $0["rule"]?.string == rule }?["source"]?.string
      }
      #expect(try source("local edits are overwritten", "agent/helper") == "default")
      #expect(
        try source("local edits are overwritten", "agent/helper --overwrite")
          == "option --overwrite")
      let own = "\(Fleet.organization(2))/harness/chat"
      let rule = "the organization's own harness was accepted"
      #expect(try source(rule, own) == "default")
      #expect(try source(rule, "\(own) --adopt \(own)") == "option --adopt")
      #expect(try source(rule, "\(own) --accept-own \(own)") == "option --accept-own")
      _ = fleet.run("seed apply -y --accept-own \(own)")
      #expect(try source(rule, own) == "an earlier --accept-own")
    }
  }

  @Test(arguments: [
    "seed preview", "seed apply -y", "providers unregister daytona", "status", "platform list",
    "platform show", "harnesses list",
  ])
  func `a variable whose path begins with a tilde is refused, not passed over`(line: String) throws
  {
    try Workbench.with { bench throws in
      let environment = ["EVERRUNS_PLATFORM": "~/p.yaml"]
      // A command that needs no definition runs.
      let before = bench.run("store init -q -s s.db", environment: environment)
      let run = bench.run(line + " -s s.db", environment: environment)
      #expect(run.exitCode == .usage && run.output.isEmpty && before.exitCode == .success)
      #expect(run.errorOutput.contains("EVERRUNS_PLATFORM"), "\(run)")
    }
  }

  // MARK: harnesses resolve

  @Test func `a row is built-in whatever number but 0 the column holds, as seeding reads it`()
    throws
  {
    try Fleet.with { fleet throws in
      let resolved = try fleet.json("harnesses resolve --org Home")
      for number in ["2", "-1", "0.5"] {
        try fleet.sql("UPDATE harnesses SET is_built_in = \(number)")
        #expect(try fleet.json("harnesses resolve --org Home") == resolved, "\(number)")
      }
    }
  }

  @Test func `an inactive harness is skipped, with a reason`() throws {
    try Fleet.with { fleet throws in
      try fleet.sql("UPDATE harnesses SET status = 'archived' WHERE name = 'chat'")
      _ = fleet.run("orgs set Home base-harness=chat")
      let id = try fleet.sql("SELECT id FROM harnesses WHERE name = 'base'").trimmed
      let resolved = try fleet.json("harnesses resolve --org Home")
      #expect(
        resolved == [
          "harness": "base", "id": .string(id),
          "source": "role",
          "reason": "its template has the role 'base'; 'chat' is not active",
        ])
      let none = fleet.run("harnesses resolve --org Home --harness bsae -o json")
      #expect(none.exitCode == .failure)
      let answer = try JSONValue(json: none.output)
      #expect(answer["harness"] == .null)
      #expect(
        fleet.run("harnesses resolve --org Home --harness bsae")
          == Run(
            output: "",
            errorOutput: """
              error: no harness can be used in 'Home' (\(Fleet.organization(1))): no harness named 'bsae'
              hint: did you mean 'base'?

              """, exitCode: .failure))
    }
  }
}

extension String {
  /// The text without the line break at its end.
  fileprivate var trimmed: String { String(split(separator: "\n").first ?? "") }
}
