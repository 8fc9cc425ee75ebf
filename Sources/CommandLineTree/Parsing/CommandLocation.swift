/// The position in the tree that the words of a command line lead to.
struct CommandLocation<Action: Sendable> {
  /// The deepest command named.
  private(set) var command: Command<Action>
  /// Its path, with names in place of aliases.
  private(set) var path: [String] = []
  /// The word that is not a command of the group.
  private(set) var unknown: String?
  /// The word after the unknown one.
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
