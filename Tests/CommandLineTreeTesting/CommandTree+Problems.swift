package import CommandLineTree

extension CommandTree {
  /// Everything that is wrong with the definition of the program, none if it is sound.
  ///
  /// Names are well-formed and unique, aliases hide nothing, each thing has a short summary, an
  /// option is the same kind of option everywhere, arguments can be given,
  /// examples work, and exit codes are in the table.
  package func problems() -> [DefinitionProblem] {
    let commands = [PlacedCommand(path: [], command: root)] + allCommands
    return commands.flatMap { DefinitionCheck(tree: self, place: $0).problems() }
      + consistencyProblems() + topicProblems() + exitCodeProblems()
  }

  /// Words are split into options and values before the command is known, so an option needs the
  /// same arity everywhere, and a letter stands for the same option.
  private func consistencyProblems() -> [DefinitionProblem] {
    var firstByName: [String: OptionSpecification] = [:]
    var firstByShort: [Character: OptionSpecification] = [:]
    var problems: [DefinitionProblem] = []

    let global = globalOptions.map { ("", $0.specification) }
    let own = allCommands.flatMap { place in
      place.command.options.map { (place.path.joined(separator: " "), $0.specification) }
    }
    for (place, option) in global + own {
      if let first = firstByName[option.name] {
        if first.short != option.short || (first.value == nil) != (option.value == nil) {
          problems.append(DefinitionProblem(place, .inconsistentOption(option.name)))
        }
      } else {
        firstByName[option.name] = option
      }
      guard let short = option.short else { continue }
      if let first = firstByShort[short] {
        if first.name != option.name {
          problems.append(DefinitionProblem(place, .inconsistentShort(short)))
        }
      } else {
        firstByShort[short] = option
      }
    }
    return problems
  }

  private func topicProblems() -> [DefinitionProblem] {
    var names = Set(commands.flatMap { [$0.name] + $0.aliases })
    return topics.flatMap { topic -> [DefinitionProblem] in
      var reasons = DefinitionCheck<Action>.summaryProblems(topic.summary, of: topic.name)
      if !topic.name.isCommandWord { reasons.append(.malformedName(topic.name)) }
      if !names.insert(topic.name).inserted { reasons.append(.nameTaken(topic.name)) }
      return reasons.map { DefinitionProblem(topic.name, $0) }
    }
  }

  private func exitCodeProblems() -> [DefinitionProblem] {
    var codes: Set<Int> = []
    return exitCodes.flatMap { description -> [DefinitionProblem] in
      let name = String(description.code)
      var reasons = DefinitionCheck<Action>.summaryProblems(description.summary, of: name)
        .filter { $0 != .summaryTooLong(of: name) }
      if !codes.insert(description.code).inserted { reasons.append(.exitCode(description.code)) }
      return reasons.map { DefinitionProblem("", $0) }
    }
  }
}
