public import CommandLineTree
package import Everruns
public import EverrunsStore
import Foundation

/// How a worker runs.
public struct WorkerConfiguration: Sendable {
  /// Where the store is.
  public var store: StoreLocation
  /// What the worker is called; `nil` for a name made anew.
  package var workerID: WorkerID?
  /// How many turns it runs at once.
  public var maximumConcurrentTasks: Int
  /// How long it has a turn without renewing its lease.
  public var lease: Duration
  /// How long turns may go on after the worker was asked to end.
  public var drainTimeout: Duration
  /// What it does while the server's definition is another one.
  public var onMismatch: DefinitionMismatch
  /// The variables of the environment, for the addresses and keys of providers.
  package var variable: @Sendable (String) -> String?
}

extension WorkerConfiguration {
  /// The configuration that the environment describes.
  ///
  /// - Throws: `InvalidSettings` with everything that is wrong with it, ``StoreError/noLocation`` if
  ///   it names no place for the store.
  public static func fromEnvironment() throws -> WorkerConfiguration {
    let environment = ProcessInfo.processInfo.environment
    return try WorkerConfiguration { environment[$0] }
  }

  /// The configuration that variables describe.
  ///
  /// - Parameter variable: Looks up a variable; `nil` where it is not set.
  package init(_ variable: @escaping @Sendable (String) -> String?) throws {
    var reader = SettingsReader(variable)
    let store = reader.value("EVERRUNS_STORE", .file(extensions: ["db"]))
    workerID = reader.value(WorkerSettings.workerIDVariable, .workerID)
    maximumConcurrentTasks = reader.value(of: WorkerSettings.maximumConcurrentTasks)
    lease = reader.value(of: WorkerSettings.lease)
    drainTimeout = reader.value(of: WorkerSettings.drainTimeout)
    onMismatch = reader.value(of: WorkerSettings.onMismatch)
    if lease < WorkerSettings.shortestLease {
      reader.refuse(
        "\(WorkerSettings.lease.name) cannot be shorter than 300ms")
    }
    try reader.check()
    self.store =
      try store.map { StoreLocation($0) }
      ?? .standard { name in variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    self.variable = variable
  }
}

/// What a worker does while the server's definition is another one than its own.
public enum DefinitionMismatch: String, CaseIterable, Sendable, CommandLineChoice {
  /// It claims no turns until both are the same.
  case wait
  /// It ends with an error.
  case exit
  /// It claims turns all the same.
  case ignore

  /// What the choice does, for the help.
  public var choiceSummary: String {
    switch self {
    case .wait: "claim no turns until both are the same"
    case .exit: "end with an error"
    case .ignore: "claim turns all the same"
    }
  }
}
