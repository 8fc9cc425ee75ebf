import CommandLineTree
import Everruns
import EverrunsStore
import Testing

@testable import EverrunsWorker

@Suite struct WorkerConfigurationTests {
  private func configuration(_ variables: [String: String]) throws -> WorkerConfiguration {
    try WorkerConfiguration(environment: variables)
  }

  @Test func `settings have the documented defaults`() throws {
    let configuration = try configuration(["HOME": "/home/ann"])
    #expect(
      configuration.store == .file(path: "/home/ann/.local/share/everruns/store.db"))
    #expect(configuration.workerID.description.hasPrefix("worker_"))
    #expect(configuration.maximumConcurrentTasks == 10)
    #expect(configuration.lease == .seconds(30))
    #expect(configuration.renewalInterval == .seconds(10))
    #expect(configuration.drainTimeout == .seconds(20))
    #expect(configuration.onMismatch == .wait)
  }

  @Test func `settings are read from the environment`() throws {
    let configuration = try configuration([
      "EVERRUNS_STORE": "store.db", "WORKER_ID": "worker-1", "MAX_CONCURRENT_TASKS": "3",
      "WORKER_LEASE": "300ms", "DRAIN_TIMEOUT": "2m", "EVERRUNS_DEFINITION_MISMATCH": "exit",
    ])
    #expect(configuration.store == .file(path: "store.db"))
    #expect(configuration.workerID.description == "worker-1")
    #expect(configuration.maximumConcurrentTasks == 3)
    #expect(configuration.lease == .milliseconds(300))
    #expect(configuration.drainTimeout == .seconds(120))
    #expect(configuration.onMismatch == .exit)
  }

  @Test func `an empty variable counts as unset`() throws {
    let configuration = try configuration(["EVERRUNS_STORE": "store.db", "WORKER_LEASE": ""])
    #expect(configuration.lease == .seconds(30))
  }

  @Test func `all invalid settings are reported together`() {
    let error = #expect(throws: InvalidSettings.self) {
      try configuration([
        "EVERRUNS_STORE": "store.db", "WORKER_ID": "a b", "MAX_CONCURRENT_TASKS": "0",
        "WORKER_LEASE": "30", "DRAIN_TIMEOUT": "soon", "EVERRUNS_DEFINITION_MISMATCH": "wiat",
        "DEPLOYMENT_GRADE": "live", "LLMSIM_SCRIPT": "{\"format\": 1}",
      ])
    }
    #expect(
      error?.messages == [
        "WORKER_ID cannot be 'a b': names have up to 64 letters, digits, '.', '_' and '-', "
          + "and begin with a letter or digit",
        "MAX_CONCURRENT_TASKS must be from 1 to 1000, not '0'",
        "WORKER_LEASE cannot be '30': a duration is written as 300ms, 5s, 2m or 0",
        "DRAIN_TIMEOUT cannot be 'soon': a duration is written as 300ms, 5s, 2m or 0",
        "EVERRUNS_DEFINITION_MISMATCH cannot be 'wiat' (did you mean 'wait'?)",
        "DEPLOYMENT_GRADE is 'live', which is not a grade (the grades are dev, poc, preview, prod)",
        "LLMSIM_SCRIPT is not a valid llmsim script: /format: the format 1 is not supported; this "
          + "version reads 'everruns.llmsim/v1'",
      ])
  }

  @Test(arguments: [
    ("/no/such/script.json", "names '/no/such/script.json', which does not exist"),
    ("/proc", "names '/proc', which is a folder"),
    (
      "/dev/null",
      "names '/dev/null', which is not a valid llmsim script: the document is empty"
    ),
    ("{", "is not a valid llmsim script: the object that begins at line 1, column 1 has no end"),
  ])
  func `an invalid script says why`(text: String, reason: String) {
    let error = #expect(throws: InvalidSettings.self) {
      try configuration(["EVERRUNS_STORE": "store.db", "LLMSIM_SCRIPT": text])
    }
    #expect(error?.messages == ["LLMSIM_SCRIPT \(reason)"])
  }

  @Test func `a lease too short to renew is refused`() {
    let error = #expect(throws: InvalidSettings.self) {
      try configuration(["EVERRUNS_STORE": "store.db", "WORKER_LEASE": "0"])
    }
    #expect(error?.messages == ["WORKER_LEASE cannot be shorter than 300ms"])
  }
}
