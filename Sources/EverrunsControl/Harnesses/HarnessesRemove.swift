import CommandLineTree
import Everruns

/// `harnesses remove`.
enum HarnessesRemove {
  private static let names = Argument.list(
    "NAME", .dynamic("harness"), summary: "The harness templates")

  private static let children = OptionCategory("What becomes of templates that build on them")
  private static let reparent = Option.optional(
    "reparent", .dynamic("harness"), valueName: "NAME", summary: "They build on this one",
    category: children)
  private static let detach = Option.flag(
    "detach", summary: "They build on nothing", category: children)
  private static let orphan = Option.flag(
    "orphan", summary: "They keep naming a parent that is not there", category: children)
  private static let cascade = Option.flag(
    "cascade", summary: "They are removed too", category: children)

  static let command = Command<ControlAction>(
    "remove", summary: "Remove harness templates from the platform",
    discussion: """
      Refuses to leave templates behind that build on a removed one, unless it is said what \
      becomes of them. Organizations keep the harnesses they have until seeding is told to prune \
      them.
      """,
    arguments: [names], options: [reparent, detach, orphan, cascade] + MutationOptions.all,
    exclusiveOptions: [[reparent, detach, orphan, cascade]],
    examples: [
      Example(
        "Remove a template and leave what builds on it without a parent",
        "everrunsctl harnesses remove generic --detach")
    ], exitCodes: [.failure]
  ) { session in
    let arguments = session.arguments
    return try session.edit { definition in
      var removed = Set<String>()
      for name in arguments[names] {
        removed.insert(try definition.existingHarness(name).name)
      }
      if arguments[cascade] {
        removed = withDescendants(removed, in: definition)
      }
      definition.builtInHarnesses.removeAll { removed.contains($0.name) }
      try settleChildren(of: removed, in: &definition, arguments)
    }
  }

  private static func settleChildren(
    of removed: Set<String>, in definition: inout PlatformDefinition, _ arguments: Arguments
  ) throws {
    let newParent = try arguments[reparent].map {
      try definition.existingHarness($0).name
    }
    let isChild = { (harness: BuiltInHarness) in
      harness.parent.map(removed.contains) ?? false
    }
    guard arguments[orphan] == false else { return }
    guard newParent != nil || arguments[detach] else {
      guard let parent = definition.builtInHarnesses.first(where: isChild)?.parent else { return }
      throw ControlError.leavesChildren(
        harness: parent,
        children: definition.builtInHarnesses.filter { $0.parent == parent }.map(\.name))
    }
    for index in definition.builtInHarnesses.indices
    where isChild(definition.builtInHarnesses[index]) {
      definition.builtInHarnesses[index].parent = newParent
    }
  }

  private static func withDescendants(
    _ names: Set<String>, in definition: PlatformDefinition
  ) -> Set<String> {
    let children = Dictionary(grouping: definition.builtInHarnesses, by: \.parent)
    var all = names
    var waiting = Array(names)
    while let name = waiting.popLast() {
      for child in children[name] ?? [] where all.insert(child.name).inserted {
        waiting.append(child.name)
      }
    }
    return all
  }
}
