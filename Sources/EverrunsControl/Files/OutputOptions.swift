import CommandLineTree

/// The options of commands that can write their result to a file.
enum OutputOptions {
  static let force = Option.flag("force", summary: "Overwrite the file if it exists")
}
