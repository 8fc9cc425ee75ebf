import Messages

extension CommandTree {
  /// The pages of the manual about commands: one about the program, and one about each group.
  ///
  /// - Parameters:
  ///   - date: When the program last changed, as `January 31, 2026`.
  ///   - others: Other pages to list under "See also".
  /// - Returns: The page of the program first, then those of the groups in the order of the
  ///   commands.
  package func manualPages(date: String, others: [ManualReference] = []) -> [ManualPage] {
    let groups = commands.filter { !$0.subcommands.isEmpty }
    let names = groups.map { ManualReference("\(name)-\($0.name)", 1) } + others
    let program = ManualReference(name, 1)
    return [page(about: groups, date: date, others: names)]
      + groups.map { group in
        let own = ManualReference("\(name)-\(group.name)", 1)
        return page(of: group, date: date, others: [program] + names.filter { $0 != own })
      }
  }

  /// The name of the manual page that a command is on.
  package func manualName(for path: [String]) -> String {
    let group = path.first.flatMap(root.subcommand(named:))
    return group.map { $0.subcommands.isEmpty ? name : "\(name)-\($0.name)" } ?? name
  }

  // MARK: The program

  private func page(
    about groups: [Command<Action>], date: String, others: [ManualReference]
  ) -> ManualPage {
    let commands = self.commands.map { command in
      ManualTerm(
        command.subcommands.isEmpty
          ? .literal(command.name) : .reference(.init("\(name)-\(command.name)", 1)),
        command.summary + ".")
    }
    let alone = self.commands.filter(\.subcommands.isEmpty)
    let pages: [ManualBlock] = topics.flatMap { topic -> [ManualBlock] in
      // Exit codes and variables have sections of their own.
      let blocks = topic.blocks.compactMap(\.manual)
      return blocks.count < topic.blocks.count
        ? [] : [.heading(topic.summary)] + blocks.flatMap(\.self)
    }
    return ManualPage(
      name: name, section: 1, summary: summary, date: date, source: versionLine,
      parts: [
        .init(
          "SYNOPSIS",
          [.synopsis([".Nm", ".Ar command", ".Op Ar argument ...", ".Op Ar option ..."])]),
        .init(
          "DESCRIPTION",
          text(discussion) + [.heading("Commands"), .terms(commands)]
            + alone.flatMap { description(of: $0, at: [$0.name]) }
            + [.heading(OptionCategory.global.title), .terms(terms(globalOptions))] + pages),
        .init("ENVIRONMENT", environment.isEmpty ? [] : [.terms(environmentTerms)]),
        .init("FILES", fileTerms),
        .init("EXIT STATUS", [.terms(exitCodes.map(\.term))]),
        .init("EXAMPLES", examples(root) + alone.flatMap(examples)),
        .init("SEE ALSO", references(others)),
      ])
  }

  // MARK: Groups

  private func page(
    of group: Command<Action>, date: String, others: [ManualReference]
  ) -> ManualPage {
    let places = group.descendants(at: [group.name]).filter { $0.command.action != nil }
    let codes = Set(places.flatMap(\.command.exitCodes))
    let own = Set(
      places.flatMap { $0.command.options }.flatMap(\.specification.substitutes).map(\.name)
        + places.flatMap { $0.command.environment }.map(\.name))
    let shared = Set(globalOptions.flatMap(\.specification.substitutes).map(\.name))
    let variables = environment.filter { own.union(shared).contains($0.name) }
    return ManualPage(
      name: "\(name)-\(group.name)", section: 1, summary: group.summary, date: date,
      source: versionLine,
      parts: [
        .init("SYNOPSIS", [.synopsis(places.flatMap { synopsis($0.command, $0.path) })]),
        .init(
          "DESCRIPTION",
          text(group.discussion)
            + places.flatMap { description(of: $0.command, at: $0.path) }
            + [
              .heading(OptionCategory.global.title),
              .text(
                globalOptions.map(\.specification.typedName).joined(separator: ", ")
                  + ": see \(name)(1)."),
            ]),
        .init("ENVIRONMENT", variables.isEmpty ? [] : [.terms(variables.map(\.variable))]),
        .init("FILES", fileTerms),
        .init(
          "EXIT STATUS", [.terms(exitCodes.filter { codes.contains($0.code) }.map(\.term))]),
        .init(
          "EXAMPLES", examples(group) + places.flatMap { examples($0.command) }),
        .init("SEE ALSO", references(others)),
      ])
  }

  private func synopsis(_ command: Command<Action>, _ path: [String]) -> [String] {
    let names = path.map { Mdoc.argument($0) }.joined(separator: " ")
    return [".Nm \(name) Cm \(names)"]
      + command.options.map(\.specification).map { option in
        let call = Mdoc.flag(option.typedName) + (option.value.map { " Ar \($0.name)" } ?? "")
        return option.isRequired ? ".\(call)" : ".Op \(call)"
      }
      + command.arguments.map(\.specification).map { argument in
        switch argument.presence {
        case .required: ".Ar \(argument.name)"
        case .optional: ".Op Ar \(argument.name)"
        case .repeated: ".Op Ar \(argument.name) ..."
        case .repeatedAtLeastOnce: ".Ar \(argument.name) ..."
        }
      }
  }

  private func description(of command: Command<Action>, at path: [String]) -> [ManualBlock] {
    let arguments = command.arguments.map(\.specification).map { argument in
      ManualTerm(.placeholder(argument.name), argument.summary + "." + argument.value.kind.sentence)
    }
    let details = arguments + terms(command.options, of: command)
    return [.heading(([name] + path).joined(separator: " ")), .text(command.summary + ".")]
      + text(command.discussion) + (details.isEmpty ? [] : [.terms(details)])
      + (command.aliases.isEmpty
        ? [] : [.text("Aliases: \(command.aliases.joined(separator: ", ")).")])
  }

  // MARK: Pieces

  private var environmentTerms: [ManualTerm] { environment.map(\.variable) }

  private var fileTerms: [ManualBlock] {
    files.isEmpty ? [] : [.terms(files.map { ManualTerm(.path($0.name), $0.description + ".") })]
  }

  private func terms(
    _ options: [any CommandOption], of command: Command<Action>? = nil
  ) -> [ManualTerm] {
    options.map(\.specification).map { option in
      var notes = option.summary + "." + (option.value?.kind.sentence ?? "")
      if option.isRequired { notes += " Required." }
      if let needed = command?.optionNeeded(by: option) { notes += " Needs \(needed.typedName)." }
      if option.isRepeatable { notes += " Repeatable." }
      if let text = option.defaultText { notes += " Default: \(text)." }
      notes +=
        option.environment.map { variable in
          " Also \(variable.isSubstitute ? "set by" : "depends on") \(variable.name)."
        }.joined()
      return ManualTerm(.option(forms: option.forms.reversed(), value: option.value?.name), notes)
    }
  }

  /// Other pages in the order that mdoc(7) asks for.
  private func references(_ pages: [ManualReference]) -> [ManualBlock] {
    pages.isEmpty
      ? []
      : [.references(pages.sorted { ($0.section, $0.name) < ($1.section, $1.name) })]
  }

  private func text(_ text: String) -> [ManualBlock] {
    text.isEmpty ? [] : [.text(text)]
  }

  private func examples(_ command: Command<Action>) -> [ManualBlock] {
    command.examples.flatMap { example -> [ManualBlock] in
      // The usual 80 columns of a terminal, without the indentation of a manual page.
      [.text(example.summary + ":"), .literal(example.lines(atMost: 72).joined(separator: "\n"))]
    }
  }
}

extension HelpBlock {
  /// The block in a manual page; `nil` for what has a section of its own there.
  fileprivate var manual: [ManualBlock]? {
    switch self {
    case .text(let text): [.text(text)]
    case .table(let title, let rows):
      (title.isEmpty ? [] : [.text(title)])
        + [.terms(rows.map { ManualTerm(.literal($0.name), $0.description + ".") })]
    case .exitCodes, .environment: nil
    }
  }
}

extension HelpTerm {
  fileprivate var variable: ManualTerm { ManualTerm(.variable(name), description + ".") }
}

extension ExitCodeDescription {
  fileprivate var term: ManualTerm { ManualTerm(.literal(String(code)), summary + ".") }
}

extension ValueKind {
  /// The choices with their meanings, as a sentence.
  fileprivate var sentence: String {
    guard !choices.isEmpty else { return "" }
    let words = choices.map { choice in
      ["", choice.value].contains(choice.summary)
        ? choice.value : "\(choice.value) (\(choice.summary))"
    }
    return " One of \(words.joined(asListWith: "or"))."
  }
}
