#if PostgreSQL
  import Files
  import StoreTesting
  import Synchronization
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// A store in a control plane's database.
  struct ServerStore: TestedStore {
    static let dialect = SQLDialect.postgreSQL
    private let database: String
    private let program: OtherProgram

    private init(database: String) throws {
      self.database = database
      program = try OtherProgram(of: database)
      try program.execute("SET search_path = public, everrunsctl")
    }

    func execute(_ sql: String) throws { try run(sql) }

    func administer(_ sql: String) throws {
      try run(
        "SET session_replication_role = replica; \(sql); RESET session_replication_role")
    }

    func answer(_ sql: String) throws -> [String] {
      try run(sql).map { row in
        let texts = row.map { value in
          let text = value.text ?? ""
          return value.isBoolean ? (text == "t" ? "1" : "0") : text
        }
        return naming(texts.joined(separator: "|"))
      }
    }

    func forgetHarnesses() throws {
      try execute("DELETE FROM harness_digests; DELETE FROM seed_templates")
    }

    @discardableResult
    private func run(_ sql: String) throws -> [[ServerValue]] {
      try program.execute(Self.dialect.statement(sql))
    }

    /// The store, which looks for what differs rather than load everything.
    func open() throws -> PostgreSQLStore {
      let location = StoreLocation(try TestServer.address(of: database))
      guard case .server(let address) = location else { throw StoreError.unsupported(location) }
      return try PostgreSQLStore(
        address, at: location, ids: UUIDGenerator(), waiting: .seconds(5), fewOrganizations: 1,
        fewAlike: 2)
    }

    func openForWriting() throws -> PostgreSQLStore {
      let store = try open()
      try store.prepareWriting(createsSchema: true)
      return store
    }

    // MARK: Databases

    /// Databases without rows.
    ///
    /// Emptying one takes a tenth of the time that creating one takes.
    private static let free = Mutex<[ServerStore]>([])

    /// A store without rows.
    fileprivate static func new() throws -> ServerStore {
      if let store = free.withLock({ $0.popLast() }) { return store }
      let store = try ServerStore(database: try TestServer.createDatabase())
      // A statement may leave out the columns that it may leave out in a file.
      try store.execute(
        """
        ALTER TABLE harnesses ALTER display_name SET DEFAULT '', ALTER system_prompt SET DEFAULT '';
        ALTER TABLE agents ALTER system_prompt SET DEFAULT '',
          ALTER public_id SET DEFAULT 'agent_' || replace(gen_random_uuid()::text, '-', '');
        ALTER TABLE llm_models ALTER display_name SET DEFAULT '';
        """)
      _ = try store.openForWriting()
      try store.empty()
      return store
    }

    /// Deletes all rows.
    private func empty() throws {
      try administer(
        """
        DO $$ DECLARE held text; BEGIN
          FOR held IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname IN ('public', 'everrunsctl') AND tablename <> 'store_state'
          LOOP EXECUTE 'DELETE FROM ' || held; END LOOP; END $$;
        UPDATE store_state SET serial = 0, active_platform = NULL, applied_platform = NULL,
          applied_fingerprint = NULL, applied_roles = NULL;
        SELECT setval('organizations_org_id_seq', 1);
        """)
    }

    /// Leaves the database to another test, unless the body of this one changed its tables.
    fileprivate func whileTablesStay<Value>(_ body: (ServerStore) throws -> Value) throws -> Value {
      let columns = "SELECT count(*) FROM pg_attribute"
      let before = try answer(columns)
      defer {
        if (try? answer(columns)) == before, (try? empty()) != nil {
          Self.free.withLock { $0.append(self) }
        } else {
          try? TestServer.drop(database)
        }
      }
      return try body(self)
    }
  }

  /// Runs a test with a new store in a database.
  func withServerStore<Value>(_ body: (ServerStore) throws -> Value) throws -> Value {
    try ServerStore.new().whileTablesStay(body)
  }

  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct EveryStoreTests {
    @Test func `tests of every kind of store run in a file and in PostgreSQL`() async throws {
      let test = try #require(Test.current)
      let locations = Mutex<[StoreLocation]>([])
      try await EveryStore().provideScope(for: test, testCase: .current) {
        let location = try withTestedStore { try $0.open().location }
        locations.withLock { $0.append(location) }
      }
      let isInFile = locations.withLock { $0.map { $0.path != nil } }
      #expect(isInFile == [true, false])
    }
  }
#endif
