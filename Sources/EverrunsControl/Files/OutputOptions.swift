import CommandLineTree

/// What every command takes that can write its result to a file.
enum OutputOptions {
  static let force = Option.flag("force", summary: "Overwrite the file if it exists")
}
