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
            title: "Error codes (with -o json), each with its exit code",
            ErrorCode.allCases.map { code in
              HelpTerm(code.rawValue, "\(code.summary) (\(code.exitCode.rawValue))")
            }),
        ]),
      HelpTopic(
        "environment", summary: "Environment variables",
        blocks: [
          .text(
            "Precedence: options, the environment, what the store remembers, defaults."
          ),
          .environment,
        ]),
      HelpTopic(
        "platform-references", summary: "How to refer to a platform definition",
        blocks: [
          .table(
            title: "",
            [
              HelpTerm(
                presets.map(\.name).joined(separator: ", "),
                "Presets, which ship with the program"),
              HelpTerm("acme", "The latest revision of the saved definition acme"),
              HelpTerm("acme@3, acme@latest, acme@previous", "One of its revisions"),
              HelpTerm(
                "./acme.yaml", "A file: any name with a slash, or ending in .json, .yaml or .yml"),
              HelpTerm("-", "Standard input"),
            ]),
          .text(
            """
            Without a reference, the definition chosen by 'platform use' is used, else the saved \
            definition default, else the preset \(presets.first?.name ?? "").

            Presets and old revisions are read-only. The first change without a reference saves \
            the preset \(presets.first?.name ?? "") as revision 1 of default, and the result as revision 2. Changing a file edits it \
            in place.
            """),
        ]),
      HelpTopic(
        "seeding", summary: "How seeding decides what to do with each row",
        blocks: [
          .text(
            """
            Built-in harnesses belong to the platform: the definition always wins, even over local \
            edits. Every other row belongs to the organization once it exists: local edits are kept.

            The default organization gets everything; every other organization gets the built-in \
            harnesses and the settings that refer to them.

            A built-in harness belongs to the template of the same name. If an organization has none \
            of that name, a harness with one of the template's previous_names (latest first) is \
            renamed and keeps its id.

            A run compares only organizations that changed since the last run, no matter which program \
            changed them; --full compares every row, with the same result. If the schema of the store \
            changed, or another program wrote what is remembered, everything is compared until the \
            next apply.

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
                codes.map { HelpTerm($0.rawValue, $0.summary(for: action)) })
          }),
      stores,
    ]
  }

  /// The variables that the program reads: those of its options, then the system's.
  static let environment: [HelpTerm] =
    GlobalOptions.all.flatMap(\.specification.environment).map { HelpTerm($0.name, $0.summary) } + [
      HelpTerm(
        "XDG_DATA_HOME",
        "The parent of the default store's folder, if absolute; default ~/.local/share"),
      HelpTerm(
        "USER", "The actor in the history; else LOGNAME, else the numeric user id"),
    ]

  /// The files that the program uses.
  static let files = [
    HelpTerm(
      "~/.local/share/everruns/store.db",
      "The default store: an SQLite database, created by the first command that writes to it")
  ]
}

extension String {
  /// The text without leading blanks.
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
