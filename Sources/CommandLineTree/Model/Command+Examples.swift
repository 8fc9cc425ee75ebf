extension Command {
  /// The command with every example changed, also those of the commands below it.
  package func mapExamples(_ transform: @escaping @Sendable (Example) -> Example) -> Command {
    var copy = self
    copy.examples = examples.map(transform)
    copy.makeSubcommands = { [makeSubcommands] in
      makeSubcommands().map { $0.mapExamples(transform) }
    }
    return copy
  }
}
