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
    case .jsonl: "for programs, one JSON value a line"
    case .yaml: "the same as JSON, as YAML"
    case .name: "ids, one a line, for lists"
    case .markdown: "for review comments, for plans and differences"
    case .tsv: "tab-separated values without a header, for lists"
    }
  }
}
