/// A token of the command line, before its command is known.
///
/// `name` is the long name of an option of the tree, `typed` the user's form.
enum Token: Equatable {
  /// A word that is not an option: part of the command's name, or an argument.
  case word(String)
  /// An option without a value.
  case flag(name: String, typed: String)
  /// An option with its value.
  case option(name: String, typed: String, text: String)
  /// An option whose value is missing.
  case missingValue(name: String, typed: String)
  /// A flag with a value.
  case unexpectedValue(name: String, typed: String, text: String)
  /// An unknown option.
  ///
  /// `word` is the word that contains it: for `-qx` the option is `-x`.
  case unknown(typed: String, word: String)
}
