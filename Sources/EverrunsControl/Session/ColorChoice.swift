import CommandLineTree

/// When to use color.
enum ColorChoice: String, CommandLineChoice {
  case auto
  case always
  case never

  var choiceSummary: String {
    switch self {
    case .auto: "where the stream is a terminal"
    case .always: "always"
    case .never: "never"
    }
  }
}
