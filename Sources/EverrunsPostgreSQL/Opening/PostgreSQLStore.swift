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
    /// Whether the database has the schema `everrunsctl`.
    private(set) var hasSchema: Bool
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
    ///   - interruption: Called while waiting for the server; throws to give up.
    ///   - fewOrganizations: Up to this many organizations are all loaded, without a filter.
    ///   - fewAlike: From this many organizations on, one that stands for the others is looked for.
    /// - Throws: ``StoreError`` if the address is malformed, the server cannot be reached, or its
    ///   tables are unknown or newer.
    init(
      _ address: StoreAddress, at location: StoreLocation, ids: UUIDGenerator,
      waiting wait: LockWait, interruption: @escaping Interruption = {},
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
      let (connection, tables, version) = try location.translatingFailures {
        let connection = try ServerConnection(address, stillWaiting: interruption)
        return try connection.transaction(
          "REPEATABLE READ READ ONLY", waitingForLocks: wait.limit
        ) {
          (
            connection, try ServerTables(connection, at: location),
            try OwnSchema.version(connection)
          )
        }
      }
      self.connection = connection
      self.tables = tables
      hasSchema = version != nil
      if let version, version > OwnSchema.version {
        throw .newerSchema(location, found: version, known: OwnSchema.version)
      }
      connection.stillWaiting = { [weak self] in
        try interruption()
        guard let self else { return }
        if let begin = self.lockWaitBegin {
          self.wait.meanwhile(self.location.description, .now - begin)
        } else if let last = self.lastProgress {
          try self.progress(last)
        }
      }
    }

    /// Checks that the store can be written to.
    ///
    /// - Parameter createsSchema: Whether to create the schema `everrunsctl` if it is missing.
    /// - Throws: ``StoreError/notInitialized(_:)`` if the schema is missing and is not to be
    ///   created; ``StoreError/unknownTables(_:problems:)`` if a table requires a value that the
    ///   program does not know.
    func prepareWriting(createsSchema: Bool) throws(StoreError) {
      guard createsSchema else { return try checkWriting() }
      try checkTables()
      guard !hasSchema else { return }
      try location.translatingFailures {
        try transaction("READ COMMITTED") {
          try OwnSchema.create(connection, storeID: ids.next().text)
        }
      }
      hasSchema = true
      hasCommitted = true
      preparation = .created
    }

    /// Checks that the store can be written to as it is.
    func checkWriting() throws(StoreError) {
      try checkTables()
      guard hasSchema else { throw .notInitialized(location) }
    }

    /// Checks that no table requires a value that the program does not know.
    private func checkTables() throws(StoreError) {
      guard tables.columnsInTheWay.isEmpty else {
        throw .unknownTables(
          location, problems: tables.columnsInTheWay.map { "\($0) must have a value" })
      }
    }

    func neededPreparation() -> StorePreparation { hasSchema ? .none : .created }

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
      let value = try transaction("REPEATABLE READ") {
        try lock()
        return try body()
      }
      hasCommitted = true
      return value
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
          // It reads an index from the beginning, for each thousand organizations anew.
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
