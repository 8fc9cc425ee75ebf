import CommandLineTree

/// The options of every list.
enum ListOptions {
  static let columns = Option.list(
    "columns", .dynamic("column"), valueName: "KEY,...",
    summary: "Only these columns: keys of the JSON objects, separated by commas")

  static let all: [any CommandOption] = [columns]
}

/// The keys that `--columns` accepts for the list of a command.
struct ListColumns: Sendable {
  /// The keys, for a command line that may be incomplete.
  let keys: @Sendable (Arguments) -> [String]

  /// No keys: the command writes no list.
  static let none = ListColumns { _ in [] }

  /// The keys of the same columns for every command line.
  static func of<Row>(
    _ columns: @autoclosure @escaping @Sendable () -> [Column<Row>]
  ) -> ListColumns {
    ListColumns { _ in columns().map(\.key) }
  }
}

extension [OutputFormat] {
  /// The formats of lists.
  static let list: [OutputFormat] = [.text, .json, .yaml, .name, .tsv, .jsonl]
}
