extension CommandTree {
  /// The usage line of a command, such as `shop fruits pick NAME... [options]`.
  ///
  /// - Parameter path: Names or aliases of the command; empty for the program itself. Unknown words
  ///   are ignored.
  /// - Returns: One line, with the full names in place of aliases.
  package func usage(for path: [String]) -> String {
    let place = CommandLocation(following: path, in: root)
    var words = [name] + place.path
    if place.command.action == nil {
      words.append("COMMAND")
    }
    for option in place.command.options.map(\.specification) where option.isRequired {
      words.append(option.usage)
    }
    words += place.command.arguments.map(\.specification.usage)
    words.append("[options]")
    return words.joined(separator: " ")
  }

  /// The invitation to read the help of a command, such as `run 'shop fruits --help' for help`.
  ///
  /// - Parameter path: Names or aliases of the command; empty for the program itself. Unknown words
  ///   are ignored.
  /// - Returns: A clause without a full stop, with the full names in place of aliases.
  package func helpInvitation(for path: [String]) -> String {
    let place = CommandLocation(following: path, in: root)
    let words = [name] + place.path + [Option.help.specification.typedName]
    return "run '\(words.joined(separator: " "))' for help"
  }
}

extension OptionSpecification {
  /// The option with its value, `--name VALUE`.
  var usage: String {
    ([typedName] + (value.map { [$0.name] } ?? [])).joined(separator: " ")
  }

  /// The option in a table, `-n, --name VALUE`; without a short form it is aligned with those that
  /// have one.
  var term: String {
    (short.map { "-\($0), " } ?? "    ") + usage
  }

  /// The summary with everything that limits or replaces the value, and the option without which
  /// this one has no effect.
  func description(needing needed: OptionSpecification?) -> String {
    var notes: [String] = []
    if let values = value?.kind.valuesNote { notes.append(values) }
    if isRequired { notes.append("required") }
    if let needed { notes.append("needs \(needed.typedName)") }
    if isRepeatable { notes.append("repeatable") }
    if let defaultText { notes.append("default: \(defaultText)") }
    if !environment.isEmpty {
      notes.append("env: \(environment.map(\.name).joined(separator: ", "))")
    }
    return notes.isEmpty ? summary : "\(summary) [\(notes.joined(separator: "; "))]"
  }
}

extension ArgumentSpecification {
  /// The summary with everything that limits the value.
  var description: String {
    value.kind.valuesNote.map { "\(summary) [\($0)]" } ?? summary
  }
}

extension ValueKind {
  fileprivate var valuesNote: String? {
    choices.isEmpty ? nil : "values: \(choices.map(\.value).joined(separator: ", "))"
  }
}
