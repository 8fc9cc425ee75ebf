#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import EverrunsStore

  /// A store in the database of a control plane.
  ///
  /// What a command is about is copied into a working copy, in which the command runs as it does in
  /// any store; the rows that it changes go back. Thus what is decided about rows is decided in one
  /// place for all kinds of stores. A comparison of all organizations copies only those that hold
  /// something else than they should, which the server finds (``OrganizationFilter``).
  final class PostgreSQLStore {
    let location: StoreLocation
    let connection: ServerConnection
    /// The control plane's tables, as they are in this database.
    let tables: ServerTables
    let ids: UUIDGenerator
    /// How long a lock of another transaction is waited for.
    private let wait: Duration
    /// How many organizations are compared without asking which of them differ.
    let fewOrganizations: Int
    var progress: ProgressReport = { _ in }
    private(set) var hasCommitted = false
    /// Whether the database has a schema of ours.
    private(set) var hasSchema: Bool
    private var isInTransaction = false
    /// What was reported last, and is once more while the server is waited for.
    private var lastProgress: SeedProgress?
    /// Copies from which rows may still be read.
    private var copies: [WorkingCopy] = []

    /// Connects, and finds out what there is.
    ///
    /// - Parameter fewOrganizations: How many organizations are compared without asking which of
    ///   them differ.
    init(
      _ address: StoreAddress, at location: StoreLocation, ids: UUIDGenerator,
      waiting wait: Duration, fewOrganizations: Int = 1000
    ) throws(StoreError) {
      self.location = location
      self.ids = ids
      self.wait = wait
      self.fewOrganizations = fewOrganizations
      guard StoreAddress.parameters(of: address) != nil else {
        throw .malformedAddress(location)
      }
      let (connection, tables, version) = try location.translatingFailures {
        let connection = try ServerConnection(address)
        return (
          connection, try ServerTables(connection, at: location), try OwnSchema.version(connection)
        )
      }
      self.connection = connection
      self.tables = tables
      hasSchema = version != nil
      if let version, version > OwnSchema.version {
        throw .newerSchema(location, found: version, known: OwnSchema.version)
      }
      connection.stillWaiting = { [weak self] in
        if let self, let last = self.lastProgress { try self.progress(last) }
      }
    }

    /// Makes sure that the store can be written to.
    ///
    /// - Parameter createsSchema: Whether the schema is created where it is missing.
    func prepareWriting(createsSchema: Bool) throws(StoreError) {
      guard tables.columnsInTheWay.isEmpty else {
        throw .unknownTables(
          location, problems: tables.columnsInTheWay.map { "\($0) must have a value" })
      }
      guard !hasSchema else { return }
      guard createsSchema else { throw .notInitialized(location) }
      try location.translatingFailures {
        try transaction("READ COMMITTED") {
          try OwnSchema.create(connection, storeID: ids.next().text)
        }
      }
      hasSchema = true
      hasCommitted = true
    }

    func close() {
      for copy in copies { copy.close() }
      copies = []
    }

    // MARK: Progress

    /// Reports how far a run has come.
    func report(_ progress: SeedProgress) throws(StoreError) {
      lastProgress = progress
      try self.progress(progress)
    }

    // MARK: Transactions

    /// Runs a body on one unchanging state of the database, which it cannot change.
    ///
    /// - Throws: What the body throws; failures of the server in the terms of a store.
    func read<Value>(_ body: () throws -> Value) throws -> Value {
      guard !isInTransaction else { return try body() }
      return try namingFailures {
        try transaction("REPEATABLE READ READ ONLY", body)
      }
    }

    /// Runs a body that changes the database, all of it or nothing.
    ///
    /// Others who change what the body has read or writes make it start anew.
    func write<Value>(_ body: () throws -> Value) throws -> Value {
      guard !isInTransaction else { throw StoreError.writeDuringRead(location) }
      let attempts = 3
      return try namingFailures {
        for _ in 1..<attempts {
          do {
            return try writeOnce(body)
          } catch let failure as ServerFailure where failure.isConflict {}
        }
        return try writeOnce(body)
      }
    }

    private func writeOnce<Value>(_ body: () throws -> Value) throws -> Value {
      let value = try transaction("REPEATABLE READ") {
        // Taken before the transaction sees anything: whoever waits for it then sees what the one
        // before has written.
        try connection.run("LOCK TABLE everrunsctl.store_state IN SHARE UPDATE EXCLUSIVE MODE")
        return try body()
      }
      hasCommitted = true
      return value
    }

    private func transaction<Value>(_ kind: String, _ body: () throws -> Value) throws -> Value {
      try connection.run("BEGIN ISOLATION LEVEL \(kind)")
      isInTransaction = true
      defer { isInTransaction = false }
      do {
        // Compiling a plan takes longer than running it on a thousand organizations.
        try connection.run("SET LOCAL jit = off")
        try connection.run("SET LOCAL lock_timeout = \(wait.inMilliseconds)")
        let value = try body()
        try connection.run("COMMIT")
        return value
      } catch {
        let waiting = connection.stillWaiting
        connection.stillWaiting = {}
        _ = try? connection.run("ROLLBACK")
        connection.stillWaiting = waiting
        throw error
      }
    }

    /// Runs a body whose failures of the server become errors of the store.
    private func namingFailures<Value>(_ body: () throws -> Value) throws -> Value {
      do {
        return try body()
      } catch let failure as ServerFailure {
        throw failure.storeError(at: location)
      }
    }

    // MARK: Working copies

    /// An empty copy, which lasts as long as the store is open.
    func makeCopy() throws -> WorkingCopy {
      let copy = try WorkingCopy(of: location, hasMemory: hasSchema, ids: ids)
      copies.append(copy)
      copy.store.progress = { [weak self] progress throws(StoreError) in
        try self?.report(progress)
      }
      return copy
    }

    /// Runs a body in a copy that is needed no longer.
    func withCopy<Value>(_ body: (WorkingCopy) throws -> Value) throws -> Value {
      let copy = try WorkingCopy(of: location, hasMemory: hasSchema, ids: ids)
      defer { copy.close() }
      return try body(copy)
    }
  }

  extension StoreLocation {
    /// Runs a body that works with the database.
    ///
    /// - Throws: What the body throws, in the terms of a store.
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

  extension Duration {
    /// The duration as a setting of the server, in which 0 would mean for ever.
    fileprivate var inMilliseconds: Int64 {
      let (seconds, attoseconds) = components
      let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
      let limit = Int64(Int32.max)
      guard !isTooLong, product < limit else { return limit }
      return max(1, product + attoseconds / 1_000_000_000_000_000)
    }
  }
#endif
