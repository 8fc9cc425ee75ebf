#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import EverrunsStore
  import Files

  /// A store in a control plane's database.
  ///
  /// Each command loads the rows it needs into a working copy, a private SQLite store, and runs
  /// there; changed rows are written back. So all kinds of stores share one implementation of every
  /// command. A comparison of all organizations loads only those that differ from the definition,
  /// which the server finds (``StateFilter``).
  final class PostgreSQLStore {
    let location: StoreLocation
    let connection: ServerConnection
    /// The control plane's tables in this database.
    let tables: ServerTables
    let ids: UUIDGenerator
    /// The wait for a lock.
    private let wait: LockWait
    /// Up to this many organizations are all loaded, without a filter.
    let fewOrganizations: Int
    /// From this many organizations on, one that stands for the others is looked for.
    let fewAlike: Int
    var progress: ProgressReport = { _ in }
    private(set) var hasCommitted = false
    private(set) var preparation = StorePreparation.none
    /// What the database has of the schema `everrunsctl`.
    private(set) var schema: OwnSchema.Condition
    private var isInTransaction = false
    /// The last report, repeated while waiting for the server.
    private var lastProgress: SeedProgress?
    /// When the current wait for another program's lock began.
    private var lockWaitBegin: ContinuousClock.Instant?
    /// Copies whose plan rows may still be read.
    private var copies: [WorkingCopy] = []

    /// Connects to the database and inspects its tables.
    ///
    /// - Parameters:
    ///   - address: The address of the database.
    ///   - location: The location of the store, for errors.
    ///   - ids: Creates the ids of new rows.
    ///   - wait: The wait for a lock.
    ///   - checksSchema: Whether to refuse a database in which the schema `everrunsctl` is damaged.
    ///   - interruption: Called while waiting for the server; throws to give up.
    ///   - fewOrganizations: Up to this many organizations are all loaded, without a filter.
    ///   - fewAlike: From this many organizations on, one that stands for the others is looked for.
    /// - Throws: ``StoreError`` if the address is malformed, the server cannot be reached, or its
    ///   tables are unknown, newer or damaged.
    init(
      _ address: StoreAddress, at location: StoreLocation, ids: UUIDGenerator,
      waiting wait: LockWait, checksSchema: Bool = true, interruption: @escaping Interruption = {},
      fewOrganizations: Int = 1000, fewAlike: Int = 16
    ) throws(StoreError) {
      self.location = location
      self.ids = ids
      self.wait = wait
      self.fewOrganizations = fewOrganizations
      self.fewAlike = fewAlike
      guard StoreAddress.parameters(of: address) != nil else {
        throw .malformedAddress(location)
      }
      let (connection, tables, schema) = try location.translatingFailures {
        let connection = try ServerConnection(address, stillWaiting: interruption)
        return try connection.transaction(
          "REPEATABLE READ READ ONLY", waitingForLocks: wait.limit
        ) {
          (
            connection, try ServerTables(connection, at: location),
            try OwnSchema.condition(connection)
          )
        }
      }
      self.connection = connection
      self.tables = tables
      self.schema = schema
      // The tables of a newer schema are unknown to every command.
      if checksSchema || hasSchema { try checkSchema() }
      connection.stillWaiting = { [weak self] in
        try interruption()
        guard let self else { return }
        if let begin = self.lockWaitBegin {
          // An interruption was thrown above.
          _ = self.wait.meanwhile(self.location.description, .now - begin)
        } else if let last = self.lastProgress {
          try self.progress(last)
        }
      }
    }

    // MARK: The schema of our own

    /// Whether the database has the schema `everrunsctl`, and the role may read it.
    var hasSchema: Bool { if case .complete = schema { true } else { false } }

    /// The version of the schema; 0 if there is none, or the role may not read it.
    var schemaVersion: Int { if case .complete(let version) = schema { version } else { 0 } }

    /// Throws if the schema is damaged or newer.
    private func checkSchema() throws(StoreError) {
      switch schema {
      case .complete(let version) where version > OwnSchema.version:
        throw .newerSchema(location, found: version, known: OwnSchema.version)
      case .damaged(let problems):
        throw .incompleteSchema(location, problems: problems, isRepairable: false)
      case .missing, .unreadable, .complete: break
      }
    }

    /// Throws if the schema is there and the role may not read it.
    func checkSchemaRights() throws(StoreError) {
      guard case .unreadable(let right) = schema else { return }
      throw .rightMissing(location, right)
    }

    /// Checks that the store can be written to, and migrates an older schema.
    ///
    /// - Parameter createsSchema: Whether to create the schema `everrunsctl` if it is missing.
    /// - Throws: ``StoreError/notInitialized(_:)`` if the schema is missing and is not to be
    ///   created; ``StoreError/unknownTables(_:problems:)`` if a table requires a value that the
    ///   program does not know; an error if the schema is damaged or may not be used.
    func prepareWriting(createsSchema: Bool) throws(StoreError) {
      guard createsSchema else {
        try checkWriting()
        return try migrate()
      }
      try checkServer()
      try checkTables()
      if schema == .missing {
        let before = try location.translatingFailures {
          try transaction("READ COMMITTED") {
            try OwnSchema.create(connection, storeID: ids.next().text)
          }
        }
        // Another program may have created it meanwhile.
        hasCommitted = before == .missing
        schema = hasCommitted ? .complete(version: OwnSchema.version) : before
        preparation = hasCommitted ? .created : .none
      }
      try checkSchema()
      try checkSchemaRights()
      try migrate()
    }

    /// Migrates an older schema.
    private func migrate() throws(StoreError) {
      guard needsMigration else { return }
      try checkMigration()
      let before = try location.translatingFailures {
        try transaction("READ COMMITTED") {
          try lock()
          return try OwnSchema.migrate(connection)
        }
      }
      schema = before
      // Another program may have migrated it meanwhile.
      if needsMigration {
        hasCommitted = true
        preparation = .migrated(from: schemaVersion)
        schema = .complete(version: OwnSchema.version)
      }
      try checkSchema()
    }

    /// Whether the schema is of an older version.
    private var needsMigration: Bool { (1..<OwnSchema.version).contains(schemaVersion) }

    /// Throws if the role may not migrate a schema of an older version.
    private func checkMigration() throws(StoreError) {
      guard needsMigration else { return }
      let owner = try location.translatingFailures {
        try read { try OwnSchema.otherOwner(connection, from: schemaVersion) }
      }
      if let owner {
        throw .permissionDenied(
          location,
          reason: "the schema \(OwnSchema.name) has version \(schemaVersion), and only its owner "
            + "\(owner) can migrate it to \(OwnSchema.version), with 'store init'")
      }
    }

    /// Checks that the store can be written to as it is, or once its schema is migrated.
    func checkWriting() throws(StoreError) {
      try checkServer()
      try checkTables()
      try checkSchema()
      try checkSchemaRights()
      guard hasSchema else { throw .notInitialized(location) }
      let right = try location.translatingFailures {
        try read { try OwnSchema.missingRight(connection) }
      }
      if let right { throw .rightMissing(location, right) }
      try checkMigration()
    }

    /// Checks that the server lets programs write to the database.
    private func checkServer() throws(StoreError) {
      let obstacle = try location.translatingFailures {
        try connection.first(
          """
          SELECT CASE WHEN pg_is_in_recovery()
            THEN 'the server is a standby, which can only be read; use the primary server'
            WHEN current_setting('default_transaction_read_only')::boolean
            THEN 'the database is read-only: default_transaction_read_only is on' END
          """
        ) { $0.text(0) }
      }
      if let obstacle = obstacle ?? nil {
        throw .permissionDenied(location, reason: obstacle)
      }
    }

    /// Checks that no table requires a value that the program does not know.
    private func checkTables() throws(StoreError) {
      guard tables.columnsInTheWay.isEmpty else {
        throw .unknownTables(
          location, problems: tables.columnsInTheWay.map { "\($0) must have a value" })
      }
    }

    func neededPreparation() throws(StoreError) -> StorePreparation {
      try checkServer()
      try checkTables()
      try checkSchema()
      try checkSchemaRights()
      guard schema != .missing else {
        try checkCreation()
        return .created
      }
      try checkMigration()
      return needsMigration ? .migrated(from: schemaVersion) : .none
    }

    /// Throws if the role may not create the schema.
    private func checkCreation() throws(StoreError) {
      let right = try location.translatingFailures {
        try read {
          try connection.first(
            """
            SELECT CASE WHEN schema.oid IS NULL
              THEN CASE WHEN NOT has_database_privilege(current_database(), 'CREATE')
                THEN 'CREATE ON DATABASE ' || quote_ident(current_database()) END
              WHEN NOT has_schema_privilege(schema.oid, 'CREATE')
              THEN 'CREATE ON SCHEMA ' || $1 END, quote_ident(current_user)
            FROM (SELECT to_regnamespace($1) AS oid) schema
            """, [OwnSchema.name]
          ) { row in row.text(0).map { MissingRight(right: $0, role: row.text(1) ?? "") } }
        }
      }
      if let right = right ?? nil { throw .rightMissing(location, right) }
    }

    func close() {
      for copy in copies { copy.close() }
      copies = []
    }

    // MARK: Progress

    /// Reports progress.
    func report(_ progress: SeedProgress) throws(StoreError) {
      lastProgress = progress
      try self.progress(progress)
    }

    /// Reports that work begins, so that it can be interrupted from its first wait on.
    func begin(_ activity: SeedProgress.Activity) throws(StoreError) {
      try report(SeedProgress(activity: activity, done: 0, total: 0))
    }

    // MARK: Transactions

    /// Runs a body in a read-only transaction, or in the current transaction if there is one.
    ///
    /// - Throws: ``StoreError`` for server errors; other errors of the body are rethrown unchanged.
    func read<Value>(_ body: () throws -> Value) throws -> Value {
      guard !isInTransaction else { return try body() }
      return try namingFailures {
        try transaction("REPEATABLE READ READ ONLY", body)
      }
    }

    /// Runs a body in a transaction that writes.
    ///
    /// If a concurrent transaction conflicts with it, the body runs again, three times at most.
    ///
    /// - Throws: ``StoreError/serverBusy(_:reason:)`` if each time another transaction conflicted.
    func write<Value>(_ body: () throws -> Value) throws -> Value {
      guard !isInTransaction else { throw StoreError.writeDuringRead(location) }
      return try namingFailures {
        var conflict: ServerFailure?
        for _ in 1...Self.attempts {
          do {
            return try writeOnce(body)
          } catch let failure as ServerFailure where failure.isConflict(after: conflict) {
            conflict = failure
          }
        }
        throw StoreError.serverBusy(location, reason: conflict?.message ?? "")
      }
    }

    /// How often a transaction that writes is attempted.
    private static let attempts = 3

    private func writeOnce<Value>(_ body: () throws -> Value) throws -> Value {
      var isRecorded = false
      let value = try transaction("REPEATABLE READ") {
        try lock()
        let entry = try latestEntry()
        let value = try body()
        // Other writes do not count as a change.
        isRecorded = try latestEntry() != entry
        return value
      }
      hasCommitted = hasCommitted || isRecorded
      return value
    }

    /// The number of the latest entry of the history; `nil` if there is none.
    private func latestEntry() throws -> String? {
      try connection.first("SELECT max(id) FROM \(OwnSchema.name).history") { $0.text(0) } ?? nil
    }

    /// Locks the store for the current transaction.
    private func lock() throws {
      lockWaitBegin = .now
      defer { lockWaitBegin = nil }
      // Locking takes no snapshot, so the transaction sees everything the previous holder wrote.
      try connection.run(
        "LOCK TABLE \(OwnSchema.name).store_state IN SHARE UPDATE EXCLUSIVE MODE")
    }

    private func transaction<Value>(_ kind: String, _ body: () throws -> Value) throws -> Value {
      isInTransaction = true
      defer { isInTransaction = false }
      return try connection.transaction(
        kind, waitingForLocks: wait.limit,
        settings: [
          // JIT compilation would take longer than a query over a thousand organizations.
          "jit": "off",
          // Statistics may be older than most rows; a thousand organizations are found by index.
          "enable_seqscan": "off",
          // It reads an index from the beginning, again for each thousand organizations.
          "enable_mergejoin": "off",
          // Rows that a policy hides would count as missing; now the server refuses such a query.
          "row_security": "off",
        ], body)
    }

    /// Runs a body and converts server errors to ``StoreError``.
    private func namingFailures<Value>(_ body: () throws -> Value) throws -> Value {
      do {
        return try body()
      } catch let failure as ServerFailure {
        throw failure.storeError(at: location)
      }
    }

    // MARK: Working copies

    /// Creates an empty copy that lasts until the store is closed.
    func makeCopy() throws -> WorkingCopy {
      let copy = try WorkingCopy(of: location, hasMemory: hasSchema, ids: ids)
      copies.append(copy)
      copy.store.progress = { [weak self] progress throws(StoreError) in
        try self?.report(progress)
      }
      return copy
    }

    /// Runs a body with a temporary copy.
    func withCopy<Value>(_ body: (WorkingCopy) throws -> Value) throws -> Value {
      let copy = try WorkingCopy(of: location, hasMemory: hasSchema, ids: ids)
      defer { copy.close() }
      return try body(copy)
    }
  }

  extension StoreLocation {
    /// Runs a body and converts all errors to ``StoreError``.
    func translatingFailures<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
      do {
        return try body()
      } catch let error as StoreError {
        throw error
      } catch let failure as ServerFailure {
        throw failure.storeError(at: self)
      } catch {
        throw .inputOutput(self, reason: "\(error)")
      }
    }
  }
#endif
