/// A piece of the command line, before it is known which command it belongs to.
///
/// `name` is the long name of an option of the tree, `typed` how the user wrote it.
enum Token: Equatable {
  /// A word that is no option: part of the command's name, or an argument.
  case word(String)
  /// An option without a value.
  case flag(name: String, typed: String)
  /// An option with its value.
  case option(name: String, typed: String, text: String)
  /// An option whose value is missing.
  case missingValue(name: String, typed: String)
  /// A flag that was given a value.
  case unexpectedValue(name: String, typed: String, text: String)
  /// An option that no command has. `word` is what it was part of: for `-qx` the option is `-x`.
  case unknown(typed: String, word: String)
}
