#if PostgreSQL
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL

  /// What the tool does with an address that contains a password.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct PasswordTests {
    /// The address of a database with a password, which the server need not ask for.
    private func address(
      of database: String, as user: String = "everruns", _ password: String = "sekret"
    ) throws -> String {
      try TestServer.address(of: database, as: "\(user):\(password)")
    }

    @Test func `no output, history, plan or hint contains a password`() throws {
      try withFolder { folder throws in
        try withDatabase { database throws in
          let address = try address(of: database.name)
          let commands = [
            ["store", "info"], ["seed", "apply", "--yes"], ["store", "init"],
            ["seed", "preview", "--out", "plan.json"], ["seed", "apply", "plan.json"],
            ["seed", "apply", "--expect", "0000000000000000"], ["seed", "apply"],
            ["seed", "why", "*/harness/base"], ["seed", "why", "*/harness/none"],
            ["store", "history"], ["store", "check"], ["store", "backup", "--to", "copy.db"],
            ["platform", "create", "acme", "--from", "oss"], ["platform", "use", "acme"],
            ["orgs", "list"], ["orgs", "create", "Acme"], ["orgs", "show", "nobody"],
            ["harnesses", "reconcile", "--yes", "--reason", "of \(address)"],
            ["seed", "preview", "--nonsense"], ["store", "inof"],
          ]
          for words in commands {
            for more in [[], ["-o", "json"], ["-v"]] {
              let found = try [
                Program(words + more + ["-s", address], in: folder),
                Program(words + more, in: folder, environment: ["EVERRUNS_STORE": address]),
              ].map { $0.finish() }
              for outcome in found {
                #expect(!"\(outcome)".contains("sekret"), "\(words + more): \(outcome)")
              }
            }
          }
          for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            #expect(!String(decoding: bytes, as: UTF8.self).contains("sekret"), "\(name)")
          }
          let tables = try database.answer(
            "SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'r'"
              + " AND relnamespace = 'everrunsctl'::regnamespace")
          #expect(tables.contains("everrunsctl.history"))
          for table in tables {
            let rows = try database.answer("SELECT row_to_json(held) FROM \(table) held")
            #expect(!rows.joined().contains("sekret"), "\(table)")
          }
          #expect(
            try database.answer(
              "SELECT count(*) > 0 FROM everrunsctl.history WHERE command LIKE '%***%'")
              == ["t"])
        }
      }
    }

    @Test func `no refusal of a server contains a password`() throws {
      try withFolder { folder throws in
        let addresses = [
          try address(of: "nowhere"), try address(of: "postgres", as: "nobody_here"),
          try address(of: "postgres", "s%65kret%20sekret"),
          "postgres://ann:sekret@127.0.0.1:9/x", "postgres://ann:sek@sekret@127.0.0.1/x",
          "postgres://ann:9/sekret@127.0.0.1/x", "postgres://127.0.0.1:9/x?password=sekret",
          "postgres://127.0.0.1:sekret", "postgres://ann:sekret", "postgres:ann:sekret@h",
          "host=127.0.0.1 port=9 password=sekret", "postgres://ann:sekret@[::1",
          "postgres://ann:sekret%@h/x",
        ]
        for address in addresses {
          for words in [["store", "info"], ["seed", "apply", "--yes", "-o", "json"]] {
            let outcome = try Program(words + ["-s", address], in: folder).finish()
            #expect(outcome.exitCode != 0)
            #expect(!"\(outcome)".contains("sekret"), "\(address): \(outcome)")
          }
        }
      }
    }
  }
#endif
