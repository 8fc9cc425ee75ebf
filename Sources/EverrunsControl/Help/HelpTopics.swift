import CommandLineTree
import Everruns
import EverrunsSeeding
import EverrunsStore

/// The help pages that are not about a single command.
enum HelpTopics {
  static func all(presets: [PlatformPreset]) -> [HelpTopic] {
    [
      HelpTopic(
        "exit-codes", summary: "What the exit codes mean",
        blocks: [
          .exitCodes,
          .table(
            title: "Codes of errors with -o json, and how the program ends with them",
            ErrorCode.allCases.map { code in
              HelpTerm(code.rawValue, "\(code.summary) (\(code.exitCode.rawValue))")
            }),
        ]),
      HelpTopic(
        "environment", summary: "The environment variables that are read",
        blocks: [
          .text(
            "Options come first, then the environment, then what the store remembers, then defaults."
          ),
          .environment,
        ]),
      HelpTopic(
        "platform-references", summary: "How a platform definition is named",
        blocks: [
          .table(
            title: "",
            [
              HelpTerm(
                presets.map(\.name).joined(separator: ", "),
                "A preset, which ships with the program"),
              HelpTerm("acme", "The latest revision of the saved definition acme"),
              HelpTerm("acme@3, acme@latest, acme@previous", "One of its revisions"),
              HelpTerm(
                "./acme.yaml", "A file: with a slash in it, or ending in .json, .yaml or .yml"),
              HelpTerm("-", "Standard input"),
            ]),
          .text(
            """
            Where none is named, the definition in use is meant, else the saved one named default, \
            else the preset \(presets.first?.name ?? "").

            Presets and old revisions are read-only. The first change without a reference saves \
            the preset \(presets.first?.name ?? "") as default and its result as the second revision. A change of a file \
            rewrites the file.
            """),
        ]),
      HelpTopic(
        "seeding", summary: "How seeding decides what becomes of a row",
        blocks: [
          .text(
            """
            Built-in harnesses belong to the platform: the definition wins, also over edits. \
            Everything else belongs to the organization once it exists: a row that somebody edited \
            is kept.

            The default organization gets everything; every other one the built-in harnesses and \
            the settings that name them.

            A built-in harness follows its template's name: where none of the name exists, one of a \
            previous name (previous_names, latest first) is renamed, and keeps its id.

            A run looks only at organizations that changed since the last one, whichever program \
            changed them; --full compares every row and finds the same. Where a trigger of the \
            store is missing or was altered, every run is a full one, until one is applied.

            Each row of a plan has an action, shown as a sign, and a reason:
            """)
        ]
          + SeedAction.allCases.compactMap { action in
            let codes = SeedReason.Code.allCases.filter { $0.actions.contains(action) }
            return codes.isEmpty
              ? nil
              : .table(
                title: "\(action.symbol) \(action.rawValue)".trimmed
                  + (action == .update ? " (\(SeedAction.overwriteSymbol) overwrites edits)" : ""),
                codes.map { HelpTerm($0.rawValue, $0.summary) })
          }),
      stores,
    ]
  }

  /// The variables that the program reads: those of its options, then the system's.
  static let environment: [HelpTerm] = {
    let options: [any CommandOption] = [
      GlobalOptions.store, GlobalOptions.platform, GlobalOptions.grade, GlobalOptions.color,
    ]
    return options.flatMap(\.specification.environment).map { HelpTerm($0.name, $0.summary) } + [
      HelpTerm(
        "XDG_DATA_HOME",
        "The folder of the default store, if it is an absolute path; else ~/.local/share"),
      HelpTerm(
        "USER", "Who changes the store, for its history; else LOGNAME, else the user's number"),
    ]
  }()

  /// The files that the program uses.
  static let files = [
    HelpTerm(
      "~/.local/share/everruns/store.db",
      "The store, an SQLite database, made by the first command that writes to it")
  ]
}

extension String {
  /// The text without leading blanks.
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
