package import CommandLineTree
import Everruns

/// The environment variables of a worker: the one place where they are named.
package enum WorkerSettings {
  static let workerIDVariable = "WORKER_ID"
  static let scriptVariable = "LLMSIM_SCRIPT"

  static let maximumConcurrentTasks = Setting(
    "MAX_CONCURRENT_TASKS", .integer(in: 1...1000), default: 10,
    summary: "The maximum number of turns a worker runs at once")

  static let lease = Setting(
    "WORKER_LEASE", .duration, default: .seconds(30),
    summary: "How long a turn waits for a worker that stopped responding")

  static let drainTimeout = Setting(
    "DRAIN_TIMEOUT", .duration, default: .seconds(20),
    summary: "How long turns may continue after a worker was told to end")

  static let onMismatch = Setting(
    "EVERRUNS_DEFINITION_MISMATCH", .choice(DefinitionMismatch.self), default: .wait,
    summary: "What a worker does while its definition differs from the server's")

  /// The shortest lease: shorter ones would expire while a renewal waits for a busy store.
  static let shortestLease = Duration.milliseconds(300)

  /// The variables with base URLs and API keys, for the help.
  package static var driverTerms: [HelpTerm] {
    let type = "<TYPE>"
    return [
      HelpTerm(
        DriverSettings.keyVariable(of: type),
        "The API key for providers of a type, such as DEFAULT_OPENAI_API_KEY"),
      HelpTerm(
        DriverSettings.baseURLVariable(of: type), "The base URL of providers of a type"),
    ]
  }

  /// The variables, for the help.
  package static var terms: [HelpTerm] {
    [
      HelpTerm(workerIDVariable, "The name of the worker; by default a new one"),
      maximumConcurrentTasks.term, lease.term, drainTimeout.term, onMismatch.term,
    ] + driverTerms + [
      HelpTerm(
        scriptVariable, "The script of the simulated model: a file, or the script itself")
    ]
  }
}

extension ValueFormat where Value == WorkerID {
  /// The name of a worker.
  static var workerID: Self {
    Self(.text) { text throws(ValueError) in
      guard let id = WorkerID(text) else {
        throw .invalid(
          reason: "names have up to 64 letters, digits, '.', '_' and '-', and begin with a "
            + "letter or digit")
      }
      return id
    }
  }
}
