import CommandLineTree
package import Everruns
import EverrunsDocuments
package import EverrunsDrivers
public import EverrunsStore
import Foundation

/// How a worker runs.
public struct WorkerConfiguration: Sendable {
  /// Where the store is.
  public var store: StoreLocation
  /// The deployment grade, which decides what presets contain.
  package var grade: Grade
  /// What the worker is called.
  package var workerID: WorkerID
  /// How many turns it runs at once.
  public var maximumConcurrentTasks: Int
  /// How long it has a turn without renewing its lease.
  public var lease: Duration
  /// How long turns may go on after the worker was asked to end.
  public var drainTimeout: Duration
  /// What it does while its definition differs from the server's.
  public var onMismatch: DefinitionMismatch
  /// What the simulated model says.
  package var script: LLMSimScript
  /// The base URLs and keys of providers.
  package var drivers: DriverSettings
}

extension WorkerConfiguration {
  /// How often leases are renewed: three times before they expire, so that one late renewal is no
  /// loss.
  var renewalInterval: Duration { lease / 3 }

  /// The configuration that the environment describes.
  ///
  /// - Throws: `InvalidSettings` with everything that is wrong with it; another error if it has
  ///   neither `EVERRUNS_STORE` nor a home folder for the store.
  public static func fromEnvironment() throws -> WorkerConfiguration {
    try WorkerConfiguration(environment: ProcessInfo.processInfo.environment)
  }

  /// The configuration that an environment describes.
  package init(environment: [String: String]) throws {
    var reader = SettingsReader(environment.variable)
    let store = reader.value(StoreLocation.variable, .file(extensions: ["db"]))
    workerID =
      reader.value(WorkerSettings.workerIDVariable, .workerID) ?? WorkerID(at: Date())
    maximumConcurrentTasks = reader.value(of: WorkerSettings.maximumConcurrentTasks)
    lease = reader.value(of: WorkerSettings.lease)
    drainTimeout = reader.value(of: WorkerSettings.drainTimeout)
    onMismatch = reader.value(of: WorkerSettings.onMismatch)
    script = LLMSimScript()
    grade = .prod
    if lease < WorkerSettings.shortestLease {
      reader.refuse("\(WorkerSettings.lease.name) cannot be shorter than 300ms")
    }
    do throws(UnknownGrade) {
      grade = try Grade(environment: environment.variable)
    } catch {
      reader.refuse(error.message, hint: error.hint)
    }
    if let text = environment.variable(WorkerSettings.scriptVariable) {
      do throws(UnreadableScript) {
        script = try LLMSimScript(setting: text)
      } catch {
        reader.refuse("\(WorkerSettings.scriptVariable) \(error.reason)")
      }
    }
    try reader.check()
    self.store = try store.map { StoreLocation($0) } ?? .standard(variable: environment.variable)
    drivers = DriverSettings(environment: environment)
  }
}

extension WorkerID {
  fileprivate init(at time: Date) {
    var generator = SystemRandomNumberGenerator()
    self.init(at: time, using: &generator)
  }
}
