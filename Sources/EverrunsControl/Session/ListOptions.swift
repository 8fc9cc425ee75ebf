import CommandLineTree

/// The options of every list.
enum ListOptions {
  static let columns = Option.list(
    "columns", .text, valueName: "KEY,...",
    summary: "Only these columns: keys of the JSON objects, separated by commas")

  static let all: [any CommandOption] = [columns]
}

extension [OutputFormat] {
  /// The formats of lists.
  static let list: [OutputFormat] = [.text, .json, .yaml, .name, .tsv, .jsonl]
}
