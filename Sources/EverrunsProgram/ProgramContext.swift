import Foundation
import Messages

/// The world around a run of the program.
struct ProgramContext: Sendable {
  /// Looks up a variable of the environment; `nil` where it is not set or empty.
  let variable: @Sendable (String) -> String?
  /// Writes results.
  let output: @Sendable (String) -> Void
  /// Writes everything else, at once: others wait for its lines.
  let errorOutput: @Sendable (String) -> Void

  /// The world of this process.
  static let process = ProgramContext(
    variable: { name in getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    },
    output: { FileHandle.standardOutput.write(Data($0.utf8)) },
    errorOutput: { FileHandle.standardError.write(Data($0.utf8)) })
}
