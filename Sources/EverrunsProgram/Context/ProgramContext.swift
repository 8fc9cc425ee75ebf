import Files
import Foundation

/// The world around a run of the program.
struct ProgramContext: Sendable {
  /// The variables of the environment.
  let environment: [String: String]
  /// Writes results.
  let output: @Sendable (String) -> Void
  /// Writes everything else, at once: others wait for its lines.
  let errorOutput: @Sendable (String) -> Void

  /// The world of this process.
  static var process: ProgramContext {
    ProgramContext(
      environment: ProcessInfo.processInfo.environment,
      output: { write($0, to: STDOUT_FILENO) },
      errorOutput: { write($0, to: STDERR_FILENO) })
  }

  /// Writes as much of a text as is taken: nobody is left to tell that its reader has gone.
  private static func write(_ text: String, to descriptor: Int32) {
    _ = OpenFile.write(Array(text.utf8), to: descriptor)
  }
}
