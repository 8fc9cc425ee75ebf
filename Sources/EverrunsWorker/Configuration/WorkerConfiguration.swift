import CommandLineTree
package import Everruns
import EverrunsDocuments
package import EverrunsDrivers
public import EverrunsStore
import Foundation

/// The configuration of a worker.
public struct WorkerConfiguration: Sendable {
  /// The location of the store.
  public var store: StoreLocation
  /// The deployment grade, which decides what presets contain.
  package var grade: Grade
  /// The id of the worker.
  package var workerID: WorkerID
  /// The maximum number of concurrent turns.
  public var maximumConcurrentTasks: Int
  /// How long a lease lasts without renewal.
  public var lease: Duration
  /// How long turns may continue after the worker was told to end.
  public var drainTimeout: Duration
  /// What it does while its definition differs from the server's.
  public var onMismatch: DefinitionMismatch
  /// The script of the simulated model.
  package var script: LLMSimScript
  /// The base URLs and keys of providers.
  package var drivers: DriverSettings
}

extension WorkerConfiguration {
  /// The interval of renewals: a third of the lease, so that one late renewal does no harm.
  var renewalInterval: Duration { lease / 3 }

  /// The configuration in the environment of the process.
  ///
  /// - Throws: `InvalidSettings` with all invalid settings; another error if it has
  ///   neither `EVERRUNS_STORE` nor a home folder for the store.
  public static func fromEnvironment() throws -> WorkerConfiguration {
    try WorkerConfiguration(environment: ProcessInfo.processInfo.environment)
  }

  /// The configuration in an environment.
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
