import CommandLineTree

/// What a command of the program does.
struct ProgramAction: Sendable {
  /// Runs it until it is done or the process is asked to end.
  let run: @Sendable (Arguments, ProgramContext) async throws -> Void
}
