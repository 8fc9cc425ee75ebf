public import CommandLineTree

/// The output format of results.
public enum OutputFormat: String, CommandLineChoice {
  case text
  case json
  case jsonl
  case yaml
  case name
  case markdown
  case tsv

  /// The purpose of the format, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .text: "for people"
    case .json: "for programs"
    case .jsonl: "one JSON value per line, for lists and plans"
    case .yaml: "the same data as YAML"
    case .name: "ids, one per line, for lists"
    case .markdown: "for plans and differences, as in review comments"
    case .tsv: "tab-separated values without a header, for lists"
    }
  }
}
