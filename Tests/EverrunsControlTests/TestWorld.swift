import EverrunsControl
import EverrunsStore
import Foundation

/// A stream that keeps what is written to it.
final class TestStream: TextOutput {
  private(set) var text = ""
  let isTerminal: Bool
  let width: Int?
  /// Called before each write.
  var willWrite: () -> Void = {}
  private let failure: OutputFailure?

  init(isTerminal: Bool = false, width: Int? = nil, failure: OutputFailure? = nil) {
    self.isTerminal = isTerminal
    self.width = width
    self.failure = failure
  }

  func write(_ text: String) throws(OutputFailure) {
    willWrite()
    if let failure { throw failure }
    self.text += text
  }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    try write(String(decoding: bytes, as: UTF8.self))
  }
}

/// What a run left behind.
struct Run: Equatable {
  let output: String
  let errorOutput: String
  let exitCode: ExitCode
}

/// Runs the program in a world where nothing exists but what a test hands in.
func run(
  _ words: String..., control: Control = Control(), output: TestStream = TestStream(),
  errorOutput: TestStream = TestStream(), input: String = "", inputError: (any Error)? = nil,
  environment: [String: String] = [:]
) -> Run {
  run(
    words: words, control: control, output: output, errorOutput: errorOutput, input: input,
    inputError: inputError, environment: environment)
}

/// Runs the program with a list of words in such a world.
///
/// - Parameters:
///   - words: The words of the command line.
///   - control: The program.
///   - output: The standard output.
///   - errorOutput: The standard error.
///   - input: The standard input.
///   - inputError: The error of reading standard input, if it fails.
///   - environment: Variables besides `HOME`.
///   - folder: The working folder.
///   - now: The clock.
///   - answer: The line that is typed at a terminal; `nil` without a terminal.
///   - interrupts: The interrupts that the run receives.
/// - Returns: The output and the exit code.
func run(
  words: [String], control: Control = Control(), output: TestStream = TestStream(),
  errorOutput: TestStream = TestStream(), input: String = "", inputError: (any Error)? = nil,
  environment: [String: String] = [:], in folder: String = "/nonexistent",
  now: @escaping () -> Date = { Date(timeIntervalSince1970: 1_800_000_000) },
  answer: String? = nil, interrupts: any InterruptSource = NoInterrupts()
) -> Run {
  var rest = Array(input.utf8)[...]
  let context = Context(
    output: output, errorOutput: errorOutput,
    readInput: { limit in
      if let inputError { throw inputError }
      defer { rest = rest.dropFirst(limit) }
      return Array(rest.prefix(limit))
    },
    environment: { ["HOME": "/nonexistent"].merging(environment) { $1 }[$0] },
    workingDirectory: folder, now: now, userID: 1000, isInputTerminal: answer != nil,
    readLine: { answer }, interrupts: interrupts)
  let exitCode = control.run(words, in: context)
  return Run(output: output.text, errorOutput: errorOutput.text, exitCode: exitCode)
}

/// Gives a body an empty folder, which is gone afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path + "/everruns-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
