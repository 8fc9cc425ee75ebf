import Foundation
import Testing

/// A program that goes on until it is asked to end.
final class RunningProgram {
  private let child: ChildProcess
  private let streams: String
  private var result: (code: Int32?, duration: Duration)?

  fileprivate init(_ words: [String], environment: [String: String], in sandbox: Sandbox) throws {
    let streams = sandbox.root + "/streams-" + UUID().uuidString
    self.streams = streams
    try FileManager.default.createDirectory(atPath: streams, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: streams + "/in"))
    child = try ChildProcess(
      words,
      environment: ["PATH": "/usr/bin:/bin", "HOME": sandbox.home].merging(environment) { $1 },
      folder: sandbox.folder, streams: ["in", "out", "err"].map { streams + "/" + $0 })
  }

  /// What it has written to standard error so far.
  var errorOutput: String {
    String(
      decoding: FileManager.default.contents(atPath: streams + "/err") ?? Data(), as: UTF8.self)
  }

  /// Waits for a line of standard error that begins so, and gives what follows.
  func line(beginningWith prefix: String, seconds: Int = 60) throws -> String {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      let lines = errorOutput.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = lines.first(where: { $0.hasPrefix(prefix) }) {
        return String(line.dropFirst(prefix.count))
      }
      usleep(5_000)
    }
    throw MissingLine(prefix: prefix, errorOutput: errorOutput)
  }

  /// Asks it to end, and waits for that; once it has ended, tells how.
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

  /// A line that was waited for and did not come.
  struct MissingLine: Error {
    let prefix: String
    let errorOutput: String
  }
}

extension Sandbox {
  /// Runs a test beside a program that goes on until it is asked to end.
  func whileRunning(
    _ words: [String], environment: [String: String] = [:],
    _ body: (RunningProgram) throws -> Void
  ) throws {
    let program = try RunningProgram(words, environment: environment, in: self)
    defer { _ = program.end(SIGKILL) }
    try body(program)
  }

  /// Sends a request with curl and gives the body of the answer.
  ///
  /// - Parameter status: The status that is expected.
  @discardableResult
  func curl(_ arguments: String..., expecting status: Int = 200) throws -> String {
    let outcome = try run(
      ["/usr/bin/curl", "-sS", "--max-time", "60", "-w", "\n%{http_code}"] + arguments)
    let lines = outcome.out.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last.map(String.init) == "\(status)", "\(outcome.report)")
    return lines.dropLast().joined(separator: "\n")
  }
}
