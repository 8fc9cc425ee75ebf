import CommandLineTree

/// When to use color.
enum ColorChoice: String, CommandLineChoice {
  case auto
  case always
  case never

  var choiceSummary: String {
    switch self {
    case .auto: "if the output is a terminal"
    case .always: "always"
    case .never: "never"
    }
  }
}
