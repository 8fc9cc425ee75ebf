#if PostgreSQL
  import CPostgreSQL
  import Everruns
  import EverrunsSeeding
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// What the server sends, as libpq sees it.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct WireTests {
    /// The messages of a server.
    private struct Received {
      var rows = 0
      var bytes = 0
    }

    /// Counts what the server sends while a body runs
    /// (postgresql.org/docs/current/libpq-control.html, `PQtrace`).
    private func receiving(
      from store: PostgreSQLStore, _ body: () throws -> Void
    ) throws -> Received {
      let path = FileManager.default.temporaryDirectory.path + "/everruns-\(UUID().uuidString).log"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let file = try #require(fopen(path, "w"))
      PQtrace(store.connection.handle, file)
      PQsetTraceFlags(store.connection.handle, Int32(PQTRACE_SUPPRESS_TIMESTAMPS))
      defer { fclose(file) }
      try body()
      PQuntrace(store.connection.handle)
      fflush(file)
      // A line is the direction, the length and the kind of a message.
      var received = Received()
      for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: "\t")
        guard words.count > 2, words[0] == "B", let length = Int(words[1]) else { continue }
        received.bytes += length
        if words[2].hasPrefix("DataRow") { received.rows += 1 }
      }
      return received
    }

    @Test func `a comparison that finds nothing receives no rows of organizations`() throws {
      try withDatabase { database throws in
        let basis = SeedBasis(definition: .oss(), catalog: .stock, grade: .dev)
        let received = try [(2, 120), (121, 960)].map { first, last in
          try database.execute(
            """
            INSERT INTO organizations (org_id, public_id, name)
            SELECT n, 'org_' || lpad(to_hex(n), 32, '0'), 'Organization ' || n
            FROM generate_series(\(first), \(last)) n
            """)
          _ = try database.openForWriting().apply(
            basis, options: SeedOptions(), isFull: false,
            platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
          ) { _ in true }
          let store = try database.open()
          return try receiving(from: store) { () throws in
            try store.compare(basis, options: SeedOptions(), isFull: true) { findings throws in
              #expect(try findings.rows.filter { $0.action.writes }.isEmpty)
            }
          }
        }
        #expect(received[0].rows > 0)
        #expect(received[0].rows == received[1].rows)
        // Numbers and the last entry of the history may have more digits.
        #expect(received[1].bytes - received[0].bytes < 100)
      }
    }
  }
#endif
