import CommandLineTree
import Everruns
import EverrunsStore

extension Control {
  /// The command line of a program.
  static func tree(
    name: String, version: String, presets: [PlatformPreset], commands own: [Command<ControlAction>]
  ) -> CommandTree<ControlAction> {
    let replaced = Set(own.map(\.name))
    func stock(_ commands: [Command<ControlAction>]) -> [Command<ControlAction>] {
      commands.filter { !replaced.contains($0.name) }.map { command in
        name == stockName
          ? command
          : command.mapExamples { example in
            Example(example.summary, example.commandLine.replacing(stockName, with: name))
          }
      }
    }
    return CommandTree(
      name: name, version: version,
      summary: "Inspect, change and seed Everruns platform definitions",
      discussion: """
        A platform definition is what a control plane and its workers share: capabilities, LLM \
        drivers, connection providers and built-in harness templates. A store is the database that \
        holds the organizations, and the saved definitions with all their revisions. Seeding \
        provisions a store from a definition: 'seed preview' shows the plan, and 'seed apply' \
        carries it out.
        """,
      examples: [
        Example("Show the current state, and what to run next", "\(name) status"),
        Example("See what seeding would do to the store, and why", "\(name) seed preview"),
        Example("List the capabilities", "\(name) capabilities list"),
        Example("Unregister a connection provider", "\(name) providers unregister daytona"),
        Example("Export the platform", "\(name) platform export > platform.json"),
      ],
      globalOptions: GlobalOptions.all,
      commands: stock(Self.commands) + own + stock(Self.commandsAboutTheProgram),
      sections: sections, usualVerbs: UsualVerbs.all, topics: HelpTopics.all(presets: presets),
      exitCodes: ExitCode.allCases.map(\.documentation), environment: HelpTopics.environment,
      files: HelpTopics.files,
      acceptedValues: { action, option in
        option.name == GlobalOptions.output.specification.name
          ? action.formats.map(\.rawValue) : nil
      })
  }

  private static var commands: [Command<ControlAction>] {
    [
      StatusCommand.command, PlatformCommands.noun, CapabilitiesCommands.noun,
      DriversCommands.noun, ProvidersCommands.noun, HarnessesCommands.noun, SeedCommands.noun,
      OrganizationsCommands.noun, StoreCommands.noun,
    ]
  }

  /// The commands as the help of the program lists them.
  private static var sections: [CommandSection] {
    [
      CommandSection("Overview", ["status"]),
      CommandSection(
        "Definitions", ["platform", "capabilities", "drivers", "providers", "harnesses"]),
      CommandSection("Store", ["seed", "orgs", "store"]),
    ]
  }

  private static var commandsAboutTheProgram: [Command<ControlAction>] {
    [CompletionsCommand.command, HelpCommand.command, VersionCommand.command]
  }
}
