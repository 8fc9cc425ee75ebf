import CommandLineTree
import Everruns

/// The pages of help that are about no single command.
enum HelpTopics {
  /// - Parameter presets: The names of the presets; the first is used where nothing is chosen.
  static func all(program: String, presets: [String]) -> [HelpTopic] {
    let preset = presets.first ?? ""
    return [
      HelpTopic(exitCodes: "exit-codes", summary: "What the exit codes mean"),
      HelpTopic(
        "environment", summary: "The environment variables that are read",
        text: """
          Options come first, then the environment, then what the store remembers, then defaults.

          EVERRUNS_STORE is the store, as --store. EVERRUNS_PLATFORM is the platform definition, \
          as --platform.

          DEPLOYMENT_GRADE is the grade, as --grade; without it DEV_MODE=true or DEV_MODE=1 means \
          the grade dev.

          NO_COLOR set to anything turns colours off, and CLICOLOR_FORCE set to anything but 0 \
          turns them on also where the output is no terminal.

          XDG_DATA_HOME, if it is an absolute path, is the folder of the default store, \
          everruns/store.db; without it the store is ~/.local/share/everruns/store.db.
          """),
      HelpTopic(
        "platform-references", summary: "How a platform definition is named",
        text: """
          A preset by its name: \(presets.joined(separator: ", ")). A saved definition by its name, such \
          as acme; one of its revisions as acme@3, acme@latest or acme@previous. A file by a path \
          that contains a slash or ends in .json, .yaml or .yml. Standard input by -.

          Where none is named, the definition in use is meant, else the saved one named default, \
          else the preset \(preset).

          Presets and old revisions are read-only. The first change without a reference saves the \
          preset \(preset) as default and its result as the second revision. A change of a file \
          rewrites the file.
          """),
      HelpTopic(
        "seeding", summary: "How seeding decides what becomes of a row",
        text: """
          Built-in harnesses belong to the platform: the definition wins, also over edits. \
          Everything else belongs to the organization once it exists: a row that somebody edited \
          is kept.

          The default organization gets everything; every other one the built-in harnesses and \
          the settings that name them.

          Each row has an action and a reason:

          \(SeedReason.Code.allCases.map { "\($0.actions.map(\.rawValue).joined(separator: " or ")), \($0.rawValue): \($0.summary)." }.joined(separator: "\n\n"))
          """),
    ]
  }
}
