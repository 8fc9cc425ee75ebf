import CommandLineTree
import EverrunsStore
import Files
import Messages

extension StoreCommands {
  /// A usage error about a verb of the noun, with what to do instead if the verb would remove the
  /// store: no command does, because a store is a file.
  static func answered(_ error: UsageError, _ session: Session) -> UsageError {
    guard let verb = error.problem.misplacedVerb, error.commandPath == [noun.name],
      session.program.tree.usualVerbs.contains(where: { usual in
        usual.verb == verb && usual.instead.contains("delete")
      })
    else { return error }
    guard let path = (try? session.storeLocation())?.path else {
      // What other nouns delete is not the store.
      return UsageError(
        .unknownCommand(verb, suggestions: []), commandPath: error.commandPath)
    }
    let files = TemporaryFile.withSideFiles(FilePath(path)).map(\.word.shellQuoted)
    return UsageError(
      .other(
        message: error.message,
        hint: "a store is a file; to remove it while no program uses it: rm -f "
          + files.joined(separator: " ")),
      commandPath: error.commandPath)
  }
}

extension UsageError.Problem {
  /// The verb that the group does not have.
  fileprivate var misplacedVerb: String? {
    switch self {
    case .unknownCommand(let verb, suggestions: _), .misplacedVerb(let verb, commands: _): verb
    default: nil
    }
  }
}
