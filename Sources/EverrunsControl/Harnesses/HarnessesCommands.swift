import CommandLineTree
import Everruns

/// The noun `harnesses`.
enum HarnessesCommands {
  static var noun: Command<ControlAction> {
    Command(
      "harnesses", aliases: ["harness"],
      summary: "Harness templates: what every organization gets built in",
      subcommands: [
        list, HarnessesShow.command, tree, HarnessesAdd.command, HarnessesSet.command,
        HarnessesRemove.command, HarnessesStatus.command, HarnessesReconcile.command,
        HarnessesResolve.command,
      ])
  }

  /// The template of a name.
  static func find(_ name: String, in definition: PlatformDefinition) throws -> BuiltInHarness {
    guard let harness = definition.harness(named: name) else {
      throw ControlError.notFound(
        noun: "harness", name: name, candidates: definition.builtInHarnesses.map(\.name),
        next: nil)
    }
    return harness
  }

  private static let columns: [Column<BuiltInHarness>] = [
    Column("name") { $0.name },
    Column("display_name", isShortened: true) { $0.displayName },
    Column("roles") { $0.roles.isEmpty ? "-" : $0.roles.map(\.rawValue).joined(separator: ", ") },
    Column("parent") { $0.parent ?? "-" },
    Column("capabilities") { String($0.capabilities.count) },
    Column("description", isShortened: true) { $0.description },
  ]

  private static let list = Command<ControlAction>(
    "list", summary: "List the harness templates", formats: [.text, .json, .yaml, .name]
  ) { session in
    let harnesses = try session.platform().definition.builtInHarnesses
    if harnesses.isEmpty, session.format == .text {
      session.note("there is none")
    }
    try session.write(
      json: .array(harnesses.map { .object($0.document) }), names: harnesses.map(\.name),
      text: harnesses.isEmpty
        ? ""
        : Table(columns: columns).text(
          harnesses, width: session.context.output.width, style: session.style))
    return .success
  }

  private static let tree = Command<ControlAction>(
    "tree", summary: "Show which harness templates build on which",
    discussion: """
      As JSON or YAML the tree is one list, in which every template stands behind its parent with \
      its depth, so that no chain of parents is too long for a reader.
      """
  ) { session in
    let tree = HarnessTree(try session.platform().definition.builtInHarnesses)
    try session.write(json: tree.document, text: tree.text(style: session.style))
    return .success
  }
}
