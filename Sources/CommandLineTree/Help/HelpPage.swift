/// The help of a command or of the whole program, as sections in order.
///
/// The most wanted information comes first: after the summary, an example to copy.
struct HelpPage<Action: Sendable> {
  let tree: CommandTree<Action>
  let place: CommandLocation<Action>
  let layout: TextLayout

  private var command: Command<Action> { place.command }
  private var isRoot: Bool { place.path.isEmpty }

  var text: String {
    let sections =
      [introduction, examples, usage, aliases] + commands + [arguments] + options
      + [environment, globalOptions, exitCodes, topics, furtherHelp]
    return sections.filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var introduction: [String] {
    let discussion = layout.paragraphs(command.discussion)
    return layout.wrapped(command.summary) + (discussion.isEmpty ? [] : [""] + discussion)
  }

  private var usage: [String] {
    [heading("Usage"), "  " + layout.style.literal(tree.usage(for: place.path))]
  }

  private var examples: [String] {
    // A group without examples of its own shows the first ones of its commands.
    let examples =
      command.examples.isEmpty
      ? command.subcommands.compactMap(\.examples.first).prefix(3) : command.examples[...]
    guard !examples.isEmpty else { return [] }
    // A comment, so that a whole example can be copied into a shell or a script. A long command line
    // is continued as a shell reads it, for the same reason.
    return [heading("Examples")]
      + examples.flatMap { example in
        ["  # \(example.summary)"]
          + example.lines(atMost: Self.exampleWidth).map { "  " + layout.style.literal($0) }
      }
  }

  /// The columns of a command line beside its indentation.
  private static var exampleWidth: Int { 78 }

  private var aliases: [String] {
    guard !command.aliases.isEmpty else { return [] }
    return [heading("Aliases")]
      + layout.wrapped(command.aliases.joined(separator: ", "), indent: 2)
  }

  /// The commands of the program by section, or of a group in one list, all aligned.
  private var commands: [[String]] {
    let commands = command.subcommands
    let row = { (command: Command<Action>) in
      TextLayout.Row(term: command.name, description: command.summary)
    }
    guard isRoot, !tree.sections.isEmpty else { return [section("Commands", commands.map(row))] }
    let listed = Set(tree.sections.flatMap(\.commands))
    let others = commands.map(\.name).filter { !listed.contains($0) }
    let column = layout.column(for: commands.map(row))
    return (tree.sections + [CommandSection("More", others)]).map { section in
      let commands = section.commands.compactMap { name in commands.first { $0.name == name } }
      return commands.isEmpty
        ? [] : [heading(section.title)] + layout.table(commands.map(row), column: column)
    }
  }

  private var arguments: [String] {
    section(
      "Arguments",
      command.arguments.map(\.specification).map {
        .init(term: $0.usage, description: $0.description)
      })
  }

  /// The options by category, in the order of first occurrence.
  ///
  /// All are aligned with each other.
  private var options: [[String]] {
    let own = command.options.map(\.specification)
    var categories: [OptionCategory] = []
    for option in own where !categories.contains(option.category) {
      categories.append(option.category)
    }
    var groups = categories.map { category in
      (category.title, own.filter { $0.category == category })
    }
    if isRoot {
      groups.append((OptionCategory.global.title, tree.globalOptions.map(\.specification)))
    }

    let column = layout.column(for: groups.flatMap(\.1).map(row))
    return groups.map { title, options in
      [heading(title)] + layout.table(options.map(row), column: column)
    }
  }

  /// The global options, on one line, because the page of the program describes them.
  private var globalOptions: [String] {
    guard !isRoot else { return [] }
    let names = tree.globalOptions.map(\.specification).map { option in
      option.short.map { "-\($0)" } ?? option.typedName
    }
    return layout.wrapped("\(OptionCategory.global.title): \(names.joined(separator: ", "))")
  }

  private func row(_ option: OptionSpecification) -> TextLayout.Row {
    .init(
      term: option.term, description: option.description(needing: command.optionNeeded(by: option)))
  }

  private var environment: [String] {
    section("Environment", command.environment.map(\.row))
  }

  private var exitCodes: [String] {
    let codes = command.exitCodes.compactMap { code in tree.exitCodes.first { $0.code == code } }
    return section("Exit codes", codes.map(\.row))
  }

  private var topics: [String] {
    guard isRoot else { return [] }
    return section("Topics", tree.topics.map { .init(term: $0.name, description: $0.summary) })
  }

  private var furtherHelp: [String] {
    let help = Option.help.specification.typedName
    var sentences =
      command.action == nil
      ? [sentence(place.path + ["COMMAND", help], "more about a command")]
      : [sentence([help], "all commands and topics")]
    if isRoot {
      // The name of the command that shows topics, if the program has one.
      if !tree.topics.isEmpty, command.subcommand(named: "help") != nil {
        sentences.append(sentence(["help", "TOPIC"], "a topic"))
      }
      if let address = tree.documentationAddress { sentences.append("Documentation: \(address)") }
    }
    sentences.append("Manual: man \(tree.manualName(for: place.path))")
    return sentences.flatMap { layout.wrapped($0) }
  }

  private func sentence(_ words: [String], _ purpose: String) -> String {
    "Run '\(([tree.name] + words).joined(separator: " "))' for \(purpose)."
  }

  private func heading(_ title: String) -> String {
    layout.style.heading("\(title):")
  }

  private func section(_ title: String, _ rows: [TextLayout.Row]) -> [String] {
    rows.isEmpty ? [] : [heading(title)] + layout.table(rows, column: layout.column(for: rows))
  }
}

extension ExitCodeDescription {
  /// The code in a table, right-aligned.
  var row: TextLayout.Row {
    let digits = String(code)
    let padding = String(repeating: " ", count: max(0, 3 - digits.count))
    return .init(term: padding + digits, description: summary)
  }
}
