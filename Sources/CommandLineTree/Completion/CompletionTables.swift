/// An entry of a table in a completion script: patterns and an action.
struct CompletionRow: Equatable {
  /// The patterns; a `*` at one end is a wildcard.
  let patterns: [String]
  let call: CompletionCall
}

/// The action of a table entry.
enum CompletionCall: Equatable {
  /// Go to this node.
  case enter(String)
  /// An option with this long name; whether it may take a value and may be repeated.
  case option(String, takesValue: Bool, isRepeatable: Bool)
  /// Offer these words.
  case words([Choice])
  /// Offer a list of the program, and files if there are extensions.
  case list(String, files: [String]?)
  /// Offer a list of the program, and files after `field=@`.
  case assignments(String)
  /// Offer files; only those with these extensions, if there are any.
  case files([String])
  /// Offer folders.
  case folders
  /// Offer nothing, because any word is possible.
  case nothing
}

/// The tables that the completion scripts of all shells use to look up words.
///
/// A script walks along the words of the line: each command name leads to another node, which is
/// the path of a command as one text.
struct CompletionTables<Action: Sendable> {
  let tree: CommandTree<Action>

  private var root: Command<Action> { tree.root }

  /// The transitions from a group's node by a word, as `NODE/WORD`.
  var entries: [CompletionRow] {
    groups.flatMap { group in
      group.command.subcommands.map { command in
        CompletionRow(
          patterns: ([command.name] + command.aliases).map { group.node + "/" + $0 },
          call: .enter((group.path + [command.name]).joined(separator: " ")))
      }
    }
  }

  /// The commands of each group's node, as `NODE/0`.
  var commands: [CompletionRow] {
    groups.map { group in
      CompletionRow(
        patterns: [group.node + "/0"],
        call: .words(group.command.subcommands.map { Choice($0.name, summary: $0.summary) }))
    }
  }

  /// The options of the program, by all of their forms.
  var options: [CompletionRow] {
    var names: [String] = []
    var options: [String: [OptionSpecification]] = [:]
    for option in allOptions.map(\.option) {
      if options[option.name] == nil { names.append(option.name) }
      options[option.name, default: []].append(option)
    }
    return names.compactMap { name in
      options[name].flatMap { same in
        same.first.map { option in
          CompletionRow(
            patterns: option.forms,
            call: .option(
              option.typedName, takesValue: option.value != nil,
              isRepeatable: same.contains(where: \.isRepeatable)))
        }
      }
    }
  }

  /// The options of each node, except the global ones.
  var ownOptions: [CompletionRow] {
    tree.allCommands.filter { !$0.command.options.isEmpty }.map { place in
      CompletionRow(
        patterns: [place.path.joined(separator: " ")],
        call: .words(Self.words(place.command.options.map(\.specification))))
    }
  }

  /// The options that every command takes.
  var globalOptions: [Choice] {
    Self.words(tree.globalOptions.map(\.specification))
  }

  /// The exclusive options, as `NODE/OPTION`, with those that they exclude.
  var exclusions: [CompletionRow] {
    tree.allCommands.flatMap { place in
      place.command.exclusiveOptions.flatMap { group in
        group.map { option in
          CompletionRow(
            patterns: [place.path.joined(separator: " ") + "/" + option.specification.typedName],
            call: .words(
              group.map(\.specification.typedName).filter { $0 != option.specification.typedName }
                .map { Choice($0) }))
        }
      }
    }
  }

  /// The values of options, as `NODE/OPTION`.
  var values: [CompletionRow] {
    Self.merged(
      allOptions.compactMap { node, option in
        option.value.map { value in
          ("\(node ?? "*")/\(option.typedName)", Self.call(for: value.kind))
        }
      } + narrowedValues)
  }

  /// The values of global options of which a command does not accept all.
  private var narrowedValues: [(pattern: String, call: CompletionCall)] {
    tree.allCommands.flatMap { place in
      tree.globalOptions.map(\.specification).compactMap { option in
        guard let action = place.command.action, let kind = option.value?.kind,
          let accepted = tree.acceptedValues(action, option)
        else { return nil }
        return (
          "\(place.path.joined(separator: " "))/\(option.typedName)",
          .words(kind.choices.filter { accepted.contains($0.value) })
        )
      }
    }
  }

  /// The values of arguments, as `NODE/NUMBER`; an argument that takes all remaining words as
  /// `NODE/*`.
  var arguments: [CompletionRow] {
    Self.merged(
      tree.allCommands.flatMap { place in
        place.command.arguments.map(\.specification).enumerated().map { index, argument in
          let number = argument.presence.isRepeated ? "*" : String(index)
          return (
            place.path.joined(separator: " ") + "/" + number, Self.call(for: argument.value.kind)
          )
        }
      })
  }

  // MARK: Parts of the tree

  private var groups: [(path: [String], node: String, command: Command<Action>)] {
    let places =
      [(path: [String](), command: root)]
      + tree.allCommands.map { (path: $0.path, command: $0.command) }
    return places.filter { !$0.command.subcommands.isEmpty }
      .map { ($0.path, $0.path.joined(separator: " "), $0.command) }
  }

  /// All options with the node of their command; `nil` for global ones.
  private var allOptions: [(node: String?, option: OptionSpecification)] {
    tree.globalOptions.map { (nil, $0.specification) }
      + tree.allCommands.flatMap { place in
        place.command.options.map { (place.path.joined(separator: " "), $0.specification) }
      }
  }

  private static func words(_ options: [OptionSpecification]) -> [Choice] {
    options.flatMap { option in
      option.forms.map { Choice($0, summary: option.summary) }
    }
  }

  /// One row for all patterns with the same action.
  ///
  /// Patterns with a `*` come last, because the first matching row wins; rows after everything else
  /// that do nothing are left out.
  private static func merged(_ entries: [(pattern: String, call: CompletionCall)])
    -> [CompletionRow]
  {
    var exact: [CompletionRow] = []
    var wild: [CompletionRow] = []
    for (pattern, call) in entries {
      if pattern.contains("*") {
        if call != .nothing { add(pattern, call, to: &wild) }
      } else {
        add(pattern, call, to: &exact)
      }
    }
    return exact + wild
  }

  private static func add(
    _ pattern: String, _ call: CompletionCall, to rows: inout [CompletionRow]
  ) {
    if let index = rows.firstIndex(where: { $0.call == call }) {
      rows[index] = CompletionRow(patterns: rows[index].patterns + [pattern], call: call)
    } else {
      rows.append(CompletionRow(patterns: [pattern], call: call))
    }
  }

  /// What to offer for a kind of value.
  private static func call(for kind: ValueKind) -> CompletionCall {
    switch kind {
    case .text, .number: .nothing
    case .choice(let choices): .words(choices.all)
    case .file(let extensions): .files(extensions)
    case .directory: .folders
    case .dynamic(let list, let files): .list(list, files: files)
    case .assignment(let list, orFile: false): .list(list, files: nil)
    case .assignment(let list, orFile: true): .assignments(list)
    }
  }
}
