/// How far the words of a command line lead into the tree.
struct CommandLocation<Action: Sendable> {
  /// The deepest command that the words name.
  private(set) var command: Command<Action>
  /// The names that lead to it: names also where an alias was typed.
  private(set) var path: [String] = []
  /// The word that should have named a command of the group but does not.
  private(set) var unknown: String?
  /// The word behind the unknown one.
  private(set) var next: String?

  init(following words: [String], in root: Command<Action>) {
    command = root
    for word in words {
      if unknown != nil {
        next = word
        break
      }
      if command.subcommands.isEmpty { break }
      if let subcommand = command.subcommand(named: word) {
        command = subcommand
        path.append(subcommand.name)
      } else {
        unknown = word
      }
    }
  }
}
