import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `harnesses add`.
enum HarnessesAdd {
  private static let file = Argument.document("A harness template or an array of them")
  private static let replace = Option.flag(
    "replace", summary: "Replace templates with the same name")

  static let command = Command<ControlAction>(
    "add", summary: "Add harness templates to the platform",
    discussion: """
      Takes objects as 'harnesses show -o json' prints them; those of --effective only if they have \
      no parent, whose prompt they contain. New templates go last; replaced ones keep their place. \
      Either all of them are added, or none.
      """,
    arguments: [file], options: [replace] + MutationOptions.all,
    examples: [
      Example("Add a template", "everrunsctl harnesses add minimal.json")
    ]
  ) { session in
    let arguments = session.arguments
    let derivedKeys = Set(HarnessesShow.derivedKeys)
    let (added, merged) = try session.read(arguments[file]) { node throws(DocumentRefusal) in
      (try BuiltInHarness.list(reading: node.withoutKeys(derivedKeys)), node.value.mergedTemplates)
    }
    guard merged.isEmpty else {
      throw ControlError.mergedTemplates(
        source: arguments[file], names: merged, next: session.showing(merged))
    }
    return try session.edit { definition in
      var positions = Dictionary(
        definition.builtInHarnesses.enumerated().map { ($1.name, $0) },
        uniquingKeysWith: { first, _ in first })
      var existing: [String] = []
      for harness in added {
        switch positions[harness.name] {
        case nil:
          positions[harness.name] = definition.builtInHarnesses.count
          definition.builtInHarnesses.append(harness)
        case let index? where arguments[replace]: definition.builtInHarnesses[index] = harness
        case _?: existing.append(harness.name)
        }
      }
      try ControlError.checkNoneExists(
        existing.withoutRepetitions, noun: "harness", plural: "harnesses")
    }
  }
}

extension Session {
  /// The command that shows templates as they are in a definition that has them: they may come from
  /// another one than that of this run.
  fileprivate func showing(_ names: [String]) -> String {
    func hasAll(_ platform: LoadedPlatform?) -> Bool {
      guard let definition = platform?.definition else { return false }
      return names.allSatisfy { definition.harness(named: $0) != nil }
    }
    let command = "harnesses show \(names.map(\.shellQuoted).joined(separator: " ")) -o json"
    if hasAll(try? platform()) { return next(command) }
    let variable = context.variable(GlobalOptions.platformVariable.specification.name)
    return hasAll(try? findPlatform(variable))
      ? next(command, about: .named) : next("\(command) -p REF", about: .named)
  }
}

extension JSONValue {
  /// The names of the templates in a document of 'harnesses show --effective' that still name the
  /// parent they are merged with.
  fileprivate var mergedTemplates: [String] {
    (array ?? [self]).filter { template in
      template["parent"]?.string != nil && (template[HarnessesShow.lineage]?.array?.count ?? 0) > 1
    }.compactMap { $0["name"]?.string }
  }
}
