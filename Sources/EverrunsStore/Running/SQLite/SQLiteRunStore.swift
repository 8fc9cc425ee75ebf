import Everruns
import Files
import Foundation
import GRDB

/// Sessions and turns in one SQLite file.
///
/// Readers do not wait for writers. A process has one connection for writing, so that its calls
/// never compete for SQLite's lock, which is unfair.
final class SQLiteRunStore: RunStore {
  let location: StoreLocation
  let signals = RunSignals()
  let machine: TurnMachine
  let now: @Sendable () -> Date
  private let pool: DatabasePool
  private let watch: StoreWatch

  /// Creates a store on open connections.
  ///
  /// - Parameters:
  ///   - pool: The connections to the file, which has the current schema.
  ///   - watch: Notices the writes of other processes.
  ///   - location: The location of the file.
  ///   - limits: How far turns may go.
  ///   - now: The clock.
  init(
    _ pool: DatabasePool, watch: StoreWatch, at location: StoreLocation, limits: TurnLimits,
    now: @escaping @Sendable () -> Date
  ) {
    self.pool = pool
    self.watch = watch
    self.location = location
    self.now = now
    machine = TurnMachine(limits: limits)
    watch.start(signaling: signals)
  }

  /// Opens a store; a missing one is created, and an older one is migrated.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - limits: How far turns may go.
  ///   - wait: How long to wait for another program that is writing.
  ///   - now: The clock.
  /// - Returns: The open store.
  /// - Throws: ``StoreError`` if the file cannot be opened, or is not a store of this or an older
  ///   version.
  static func open(
    _ path: String, limits: TurnLimits = TurnLimits(), waiting wait: Duration = .seconds(15),
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws(StoreError) -> SQLiteRunStore {
    // Several threads use the store, so no one is told of a wait.
    try SQLiteStore.openForWriting(path, waiting: LockWait(wait)).close()
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      let file = FilePath(path)
      let pool = try DatabasePool(
        path: file.sqliteAddress(),
        configuration: SQLiteStore.configuration(
          readOnly: false, waiting: LockWait(wait), for: file))
      return SQLiteRunStore(
        pool, watch: try StoreWatch(file, wait), at: location, limits: limits, now: now)
    }
  }

  /// Ends the signals, then closes the connections.
  func close() async {
    signals.end()
    await watch.stop()
    try? pool.close()
  }

  // MARK: Transactions

  /// Runs a body in a read transaction.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(RunStoreError) -> Value {
    let pool = pool
    return try await uncancelled { try await pool.read(body) }
  }

  /// Runs a body in a write transaction.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(RunStoreError) -> Value {
    let pool = pool
    return try await uncancelled {
      try await pool.write { db in
        do { return try body(db) } catch { throw StoreError.namingTriggers(error, db) }
      }
    }
  }

  /// Runs a body to its end, even in a cancelled task: a worker has to record a cancelled step.
  private func uncancelled<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws(RunStoreError) -> Value {
    let result = await Task { () async -> Result<Value, any Error> in
      do { return .success(try await body()) } catch { return .failure(error) }
    }.value
    do { return try result.get() } catch { throw translated(error) }
  }

  /// The error of a transaction in the words of the store.
  func translated(_ error: any Error) -> RunStoreError {
    if let error = error as? RunStoreError { return error }
    do throws(StoreError) {
      return try location.translatingErrors { throw error }
    } catch {
      return .store(error)
    }
  }
}
