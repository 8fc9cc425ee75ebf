/// An entry of a table in a completion script: what it applies to, and what is then to be done.
struct CompletionRow: Equatable {
  /// The texts it applies to; a `*` at one end stands for anything.
  let patterns: [String]
  let call: CompletionCall
}

/// What a completion script does when an entry of a table applies.
enum CompletionCall: Equatable {
  /// The word leads to this node.
  case enter(String)
  /// The option has this long name, and may take a value, and may be given more than once.
  case option(String, takesValue: Bool, isRepeatable: Bool)
  /// These words are offered.
  case words([Choice])
  /// A list of the program is offered, and files, if there are extensions.
  case list(String, files: [String]?)
  /// Files are offered; those of these extensions alone, if there are any.
  case files([String])
  /// Folders are offered.
  case folders
  /// Nothing is offered, since nobody can know.
  case nothing
}

/// What the completions of all shells know of a program, as tables that a shell's script looks
/// words up in.
///
/// A script walks along the words of the line: each command's name leads to another node, which is
/// the path of a command as one text.
struct CompletionTables<Action: Sendable> {
  let tree: CommandTree<Action>

  private var root: Command<Action> { tree.root }

  /// What a group's node and a word behind it lead to, as `NODE/WORD`.
  var entries: [CompletionRow] {
    groups.flatMap { group in
      group.command.subcommands.map { command in
        CompletionRow(
          patterns: ([command.name] + command.aliases).map { group.node + "/" + $0 },
          call: .enter((group.path + [command.name]).joined(separator: " ")))
      }
    }
  }

  /// The commands below each group's node, as `NODE/0`.
  var commands: [CompletionRow] {
    groups.map { group in
      CompletionRow(
        patterns: [group.node + "/0"],
        call: .words(group.command.subcommands.map { Choice($0.name, summary: $0.summary) }))
    }
  }

  /// What each option of the program is, by all its forms.
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

  /// The options of each node, without those of the whole program.
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

  /// The options that exclude others, as `NODE/OPTION`, with those that it excludes.
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

  /// What the value of an option can be, as `NODE/OPTION`.
  var values: [CompletionRow] {
    Self.merged(
      allOptions.compactMap { node, option in
        option.value.map { value in
          ("\(node ?? "*")/\(option.typedName)", Self.call(for: value.kind))
        }
      })
  }

  /// What each argument can be, as `NODE/NUMBER`; the argument that takes all words that are left
  /// as `NODE/*`.
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

  /// All options with the node of their command; `nil` for those of the whole program.
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

  /// One row for all patterns that call for the same.
  ///
  /// Those with a `*` come last, as the first row that applies is taken; behind everything else
  /// nothing need not be said.
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
    case .choice(let choices): .words(choices)
    case .file(let extensions): .files(extensions)
    case .directory: .folders
    case .dynamic(let list, let files): .list(list, files: files)
    }
  }
}
