import CommandLineTree
import EverrunsStore

extension ExitCode {
  /// The code, as the command tree documents it.
  var documentation: ExitCodeDescription { ExitCodeDescription(Int(rawValue), summary) }
}
