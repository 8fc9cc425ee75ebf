import CommandLineTree

/// The action of a command.
struct ProgramAction: Sendable {
  /// Runs until it is done or the process is told to end.
  let run: @Sendable (Arguments, ProgramContext) async throws -> Void
}
