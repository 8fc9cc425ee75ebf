public import CommandLineTree

/// The format in which results are written.
public enum OutputFormat: String, CommandLineChoice {
  case text
  case json
  case yaml
  case name
  case markdown

  /// What the format is for, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .text: "for people"
    case .json: "for programs"
    case .yaml: "the same as JSON, as YAML"
    case .name: "ids, one a line, for lists"
    case .markdown: "for review comments, for plans and differences"
    }
  }
}
