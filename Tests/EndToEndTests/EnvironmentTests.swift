import Foundation
import Testing

/// What the environment says, and what is stronger than it.
@Suite struct EnvironmentTests {
  private func grade(
    _ sandbox: Sandbox, _ environment: [String: String], _ options: String = ""
  ) throws -> JSON {
    let outcome = try sandbox.run("status -o json \(options)", environment: environment)
    outcome.expect()
    return try outcome.json()["grade"]
  }

  @Test(
    arguments: [
      ("dev", "dev"), ("poc", "poc"), ("preview", "preview"), ("prod", "prod"),
      ("development", "dev"), ("staging", "preview"), ("production", "prod"), ("DEV", "dev"),
      ("Production", "prod"), ("StAgInG", "preview"), ("", "prod"),
    ])
  func `DEPLOYMENT_GRADE accepts every grade and alias in any letter case`(
    word: String, grade wanted: String
  ) throws {
    try withSandbox { sandbox in
      try #expect(
        grade(sandbox, ["DEPLOYMENT_GRADE": word]) == .string(wanted))
      if !word.isEmpty {
        try #expect(grade(sandbox, [:], "--grade=\(word)") == .string(wanted))
      }
    }
  }

  @Test(
    arguments: [
      ("true", "dev"), ("1", "dev"), ("TRUE", "dev"), ("0", "prod"), ("false", "prod"),
      ("yes", "prod"), ("", "prod"),
    ])
  func `DEV_MODE means dev only as true or 1, and only without DEPLOYMENT_GRADE`(
    word: String, wanted: String
  ) throws {
    try withSandbox { sandbox in
      try #expect(grade(sandbox, ["DEV_MODE": word]) == .string(wanted))
      try #expect(grade(sandbox, ["DEV_MODE": word, "DEPLOYMENT_GRADE": "poc"]) == "poc")
    }
  }

  @Test func `--grade overrides the environment, even an invalid one`()
    throws
  {
    try withSandbox { sandbox in
      try #expect(grade(sandbox, ["DEPLOYMENT_GRADE": "dev"], "--grade poc") == "poc")
      try #expect(grade(sandbox, ["DEPLOYMENT_GRADE": "nonsense"], "--grade poc") == "poc")
      try #expect(grade(sandbox, ["DEV_MODE": "1"], "--grade prod") == "prod")
    }
  }

  @Test func `an unknown grade in the environment is a usage error with a suggestion`() throws {
    try withSandbox { sandbox in
      for line in ["status", "seed preview", "capabilities list", "platform list"] {
        try sandbox.run(line, environment: ["DEPLOYMENT_GRADE": "prodd"]).expectError(
          """
          error: DEPLOYMENT_GRADE is 'prodd', which is not a grade
          hint: did you mean 'prod'?

          """, exit: 64)
      }
      let outcome = try sandbox.run(
        "status -o json", environment: ["DEPLOYMENT_GRADE": "quantum"])
      outcome.expect(out: "", err: nil, exit: 64)
      try #expect(
        outcome.errorJSON() == [
          "error": [
            "code": "usage", "message": "DEPLOYMENT_GRADE is 'quantum', which is not a grade",
            "hint": "the grades are dev, poc, preview, prod", "exit_code": 64,
          ]
        ])
    }
  }

  @Test func `an unknown grade on the command line is a usage error with a suggestion`() throws {
    try withSandbox { sandbox in
      try sandbox.run("status --grade prodd").expectError(
        """
        error: '--grade' cannot be 'prodd'
        hint: did you mean 'prod'?
        usage: everrunsctl status [options]
        run 'everrunsctl status --help' for help

        """, exit: 64)
    }
  }

  @Test func `help and version work in a broken environment`() throws {
    try withSandbox { sandbox in
      let broken = [
        "DEPLOYMENT_GRADE": "nonsense", "HOME": "", "EVERRUNS_STORE": "/dev/null/x",
        "EVERRUNS_PLATFORM": "nope",
      ]
      for line in ["help", "help exit-codes", "--version", "version", "seed preview --help", "-h"] {
        let outcome = try sandbox.run(line, environment: broken)
        outcome.expect()
        #expect(!outcome.out.isEmpty)
      }
    }
  }

  @Test func `EVERRUNS_STORE names the store, and --store overrides it`() throws {
    try withSandbox { sandbox in
      let environment = ["EVERRUNS_STORE": "a.db"]
      try sandbox.run("store init", environment: environment).expect(
        out: """
          Created store '\(sandbox.path("a.db"))'.
          Next: everrunsctl seed preview

          """)
      for option in ["-s b.db", "-sc.db", "--store d.db", "--store=e.db"] {
        try sandbox.run("store init \(option)", environment: environment).expect()
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.folder)
      #expect(
        names.filter { $0.hasSuffix(".db") }.sorted() == ["a.db", "b.db", "c.db", "d.db", "e.db"])
      try #expect(sandbox.everything(below: sandbox.home) == [:])
    }
  }

  @Test func `EVERRUNS_PLATFORM names the platform, and an operand or -p overrides it`() throws {
    try withSandbox { sandbox in
      let environment = ["EVERRUNS_PLATFORM": "worker"]
      func platform(_ line: String) throws -> JSON {
        try sandbox.run("platform show -o json \(line)", environment: environment)
          .json()["platform"]
      }
      try #expect(platform("") == "worker")
      try #expect(platform("empty") == "empty")
      try #expect(platform("-p oss") == "oss")
      try sandbox.run("providers unregister daytona", environment: ["EVERRUNS_PLATFORM": "oss"])
        .expectError(
          """
          error: 'oss' is read-only
          hint: save a copy: everrunsctl platform create NAME --from oss

          """, exit: 1)
    }
  }

  @Test func `platform list works with an invalid EVERRUNS_PLATFORM, since its hint leads there`()
    throws
  {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(
        "platform list -o name", environment: ["EVERRUNS_PLATFORM": "nope"])
      outcome.expect(out: "oss\nworker\nempty\n", err: nil)
    }
  }

  @Test func `XDG_DATA_HOME is the folder of the store if it is absolute, and ignored otherwise`()
    throws
  {
    try withSandbox { sandbox in
      func storePath(_ value: String) throws -> JSON {
        try sandbox.run("status -o json", environment: ["XDG_DATA_HOME": value])
          .json()["store_path"]
      }
      try #expect(storePath("/some/where") == "/some/where/everruns/store.db")
      try #expect(storePath("relative/path") == .string(sandbox.store))
      try #expect(storePath("") == .string(sandbox.store))
      let outcome = try sandbox.run(
        "status -o json", environment: ["XDG_DATA_HOME": "/some/where", "HOME": ""])
      try #expect(outcome.json()["store_path"] == "/some/where/everruns/store.db")
    }
  }

  @Test func `without HOME and XDG_DATA_HOME the error names --store, which is the way out`() throws
  {
    try withSandbox { sandbox in
      for line in ["status", "seed preview", "store init", "orgs list"] {
        try sandbox.run(line, environment: ["HOME": ""]).expectError(
          """
          error: no default location for the store: neither HOME nor XDG_DATA_HOME is set
          hint: name one with --store PATH

          """, exit: 64)
      }
      try sandbox.run("status -s a.db", environment: ["HOME": ""]).expect(err: nil)
    }
  }

  @Test func `without HOME commands that need no store work`() throws {
    try withSandbox { sandbox in
      for line in ["capabilities list -p oss", "platform export worker", "seed catalog"] {
        try sandbox.run(line, environment: ["HOME": ""]).expect()
      }
    }
  }

  @Test(.enabled(if: Tool.sqlite, "sqlite3"))
  func `the history records who made a change`() throws {
    try withSandbox { sandbox in
      let query = "SELECT actor, reason, command FROM platform_revisions ORDER BY rowid"
      try sandbox.run(
        "platform create a -q --reason", "it's time", environment: ["USER": "ada", "LOGNAME": "b"]
      ).expect()
      try sandbox.run("platform create b -q", environment: ["LOGNAME": "bob"]).expect()
      try sandbox.run("platform create c -q").expect()
      try #expect(
        sandbox.query(query) == """
          ada|it's time|everrunsctl platform create a -q --reason 'it'\\''s time'
          bob||everrunsctl platform create b -q
          \(geteuid())||everrunsctl platform create c -q

          """)
    }
  }
}
