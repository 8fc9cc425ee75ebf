import CommandLineTree
import EverrunsDocuments

/// A page of help as JSON, for programs that call this one.
struct HelpDocument {
  let tree: CommandTree<ControlAction>
  let subject: HelpSubject

  var value: JSONValue {
    switch subject {
    case .command(let path): command(at: path)
    case .topic(let topic):
      [
        "topic": .string(topic.name), "summary": .string(topic.summary),
        "text": .string(tree.help(on: topic)),
      ]
    }
  }

  private func command(at path: [String]) -> JSONValue {
    let command = tree.command(at: path) ?? tree.root
    let options = command.options + (path.isEmpty ? tree.globalOptions : [])
    return [
      "command": .string(([tree.name] + path).joined(separator: " ")),
      "summary": .string(command.summary), "discussion": .string(command.discussion),
      "usage": .string(tree.usage(for: path)), "aliases": .strings(command.aliases),
      "commands": .array(command.subcommands.map(Self.entry)),
      "arguments": .array(command.arguments.map { Self.argument($0.specification) }),
      "options": .array(options.map { Self.option($0.specification) }),
      "examples": .array(
        command.examples.map {
          ["summary": .string($0.summary), "command_line": .string($0.commandLine)]
        }),
      "exit_codes": .array(
        tree.exitCodes.filter { command.exitCodes.contains($0.code) }.map {
          ["code": .integer($0.code), "summary": .string($0.summary)]
        }),
    ]
  }

  private static func entry(_ command: Command<ControlAction>) -> JSONValue {
    ["name": .string(command.name), "summary": .string(command.summary)]
  }

  private static func argument(_ argument: ArgumentSpecification) -> JSONValue {
    [
      "name": .string(argument.name), "summary": .string(argument.summary),
      "required": .bool(argument.presence.isRequired),
      "repeatable": .bool(argument.presence.isRepeated),
      "values": .strings(argument.value.kind.choices.map(\.value)),
    ]
  }

  private static func option(_ option: OptionSpecification) -> JSONValue {
    [
      "name": .string(option.typedName), "short": .optional(option.short.map { "-\($0)" }),
      "value": .optional(option.value?.name), "summary": .string(option.summary),
      "required": .bool(option.isRequired), "repeatable": .bool(option.isRepeatable),
      "values": .strings(option.value?.kind.choices.map(\.value) ?? []),
      "default": .optional(option.defaultText),
      "environment": .strings(option.environment.map(\.name)),
    ]
  }
}
