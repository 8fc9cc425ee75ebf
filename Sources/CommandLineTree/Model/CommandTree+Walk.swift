/// A command with its place in the tree.
package struct PlacedCommand<Action: Sendable>: Sendable {
  /// The names that lead to the command, its own last, without the name of the program.
  package let path: [String]
  /// The command.
  package let command: Command<Action>

  package init(path: [String], command: Command<Action>) {
    self.path = path
    self.command = command
  }
}

extension CommandTree {
  /// All commands and groups, each group in front of its commands, in the order of definition.
  package var allCommands: [PlacedCommand<Action>] {
    root.descendants(at: [])
  }

  /// The command that a path of names or aliases leads to, or `nil` if there is none.
  package func command(at path: [String]) -> Command<Action>? {
    var command = root
    for word in path {
      guard let next = command.subcommand(named: word) else { return nil }
      command = next
    }
    return path.isEmpty ? nil : command
  }

  /// The page of help with this name, or `nil` if there is none.
  package func topic(named name: String) -> HelpTopic? {
    topics.first { $0.name == name }
  }

  /// The program itself as the group of its commands, so that no function needs two cases.
  package var root: Command<Action> {
    Command(
      name, summary: summary, discussion: discussion, examples: examples, subcommands: commands)
  }
}

extension Command {
  /// All commands below this one, with their paths.
  func descendants(at path: [String]) -> [PlacedCommand<Action>] {
    subcommands.flatMap { command in
      let place = PlacedCommand(path: path + [command.name], command: command)
      return [place] + command.descendants(at: place.path)
    }
  }
}
