import Foundation

/// The world around a run of the program.
struct ProgramContext: Sendable {
  /// The variables of the environment.
  let environment: [String: String]
  /// Writes results.
  let output: @Sendable (String) -> Void
  /// Writes everything else, at once: others wait for its lines.
  let errorOutput: @Sendable (String) -> Void

  /// Looks up a variable of the environment; `nil` where it is not set or empty.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The world of this process.
  static var process: ProgramContext {
    ProgramContext(
      environment: ProcessInfo.processInfo.environment,
      output: { FileHandle.standardOutput.write(Data($0.utf8)) },
      errorOutput: { FileHandle.standardError.write(Data($0.utf8)) })
  }
}
