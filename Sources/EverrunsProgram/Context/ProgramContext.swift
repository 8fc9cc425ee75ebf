import EverrunsStore
import Files
import Foundation

/// The environment of a run of the program.
struct ProgramContext: Sendable {
  /// The variables of the environment.
  let environment: [String: String]
  /// Writes results.
  let output: @Sendable (String) throws(OutputFailure) -> Void
  /// Writes everything else, unbuffered: other programs wait for its lines.
  let errorOutput: @Sendable (String) -> Void

  /// The context of this process.
  static var process: ProgramContext {
    ProgramContext(
      environment: ProcessInfo.processInfo.environment,
      output: { text throws(OutputFailure) in try write(text, to: STDOUT_FILENO) },
      // If standard error cannot be written, there is no other place to report it.
      errorOutput: { try? write($0, to: STDERR_FILENO) })
  }

  private static func write(_ text: String, to descriptor: Int32) throws(OutputFailure) {
    if let code = OpenFile.write(Array(text.utf8), to: descriptor) { throw OutputFailure(code) }
  }
}
