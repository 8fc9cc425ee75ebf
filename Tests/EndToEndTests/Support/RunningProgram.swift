import Foundation
import Testing

/// A program that runs until it is stopped.
final class RunningProgram {
  private let child: ChildProcess
  private let streams: String
  private var result: (code: Int32?, duration: Duration)?

  fileprivate init(_ words: [String], environment: [String: String], in sandbox: Sandbox) throws {
    (child, streams) = try sandbox.start(words, environment: environment)
  }

  /// What it has written to standard error so far.
  var errorOutput: String {
    String(
      decoding: FileManager.default.contents(atPath: streams + "/err") ?? Data(), as: UTF8.self)
  }

  /// Waits for a line of standard error that begins so, and gives what follows.
  func line(beginningWith prefix: String) throws -> String {
    try wait(for: prefix) { errorOutput in
      errorOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
  }

  /// Waits up to a minute until something appears in standard error.
  ///
  /// - Parameters:
  ///   - wanted: What to wait for, for the error.
  ///   - find: Looks for it in everything that was written so far.
  /// - Returns: The result of `find`.
  /// - Throws: ``Missing`` with the output if it does not appear.
  func wait<Value>(for wanted: String, _ find: (String) -> Value?) throws -> Value {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if let found = find(errorOutput) { return found }
      usleep(5_000)
    }
    throw Missing(wanted: wanted, errorOutput: errorOutput)
  }

  /// Stops the program and waits for its end.
  ///
  /// - Returns: The exit code, and how long it took.
  func end(_ signal: Int32 = SIGTERM) -> (code: Int32?, duration: Duration) {
    if let result { return result }
    let start = ContinuousClock.now
    child.send(signal)
    let code = child.waitForExit(atMost: .seconds(60))
    let result = (code, ContinuousClock.now - start)
    self.result = result
    return result
  }

  /// A text that was waited for and did not come.
  struct Missing: Error {
    let wanted: String
    let errorOutput: String
  }
}

extension Sandbox {
  /// Runs a test while a program is running.
  func whileRunning(
    _ words: [String], environment: [String: String] = [:],
    _ body: (RunningProgram) throws -> Void
  ) throws {
    let program = try RunningProgram(words, environment: environment, in: self)
    defer { _ = program.end(SIGKILL) }
    try body(program)
  }

  /// Waits until a server is ready.
  func waitUntilReady(_ address: String) throws {
    try curl("--retry", "20", "--retry-delay", "1", "\(address)/ready")
  }

  /// Sends a request with curl, expects a status, and returns the body of the response.
  @discardableResult
  func curl(_ arguments: String..., expecting status: Int = 200) throws -> String {
    try curl(arguments, expecting: status)
  }

  /// Sends a request with curl, expects a status, and returns the body of the response.
  @discardableResult
  func curl(_ arguments: [String], expecting status: Int = 200) throws -> String {
    let outcome = try run(
      ["/usr/bin/curl", "-sS", "--max-time", "60", "-w", "\n%{http_code}"] + arguments)
    let lines = outcome.out.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last.map(String.init) == "\(status)", "\(outcome.report)")
    return lines.dropLast().joined(separator: "\n")
  }
}
