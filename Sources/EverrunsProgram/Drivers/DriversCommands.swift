import CommandLineTree

/// `drivers`.
enum DriversCommands {
  /// The group of the commands that are about drivers.
  static let group = Command<ProgramAction>(
    "drivers", summary: "Test model providers",
    subcommands: [DriversCheck.command])
}
