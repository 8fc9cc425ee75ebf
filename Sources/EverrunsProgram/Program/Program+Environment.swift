import CommandLineTree
import EverrunsServer
import EverrunsWorker

extension Program {
  /// The environment variables that the program reads.
  static var environment: [HelpTerm] {
    ProgramOptions.ofDefinition.flatMap(\.specification.environment)
      .map { HelpTerm($0.name, $0.summary) } + ServerSettings.terms
      + WorkerSettings.terms
  }

  /// The default files.
  static let files = [
    HelpTerm(
      "~/.local/share/everruns/store.db",
      "The default store: an SQLite database, created by the first command that writes to it")
  ]
}
