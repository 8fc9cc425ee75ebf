import CommandLineTree
import Everruns
import EverrunsDocuments

/// `harnesses list`.
enum HarnessesList {
  private static let columns: [Column<BuiltInHarness>] = [
    Column("name") { $0.name },
    Column("display_name", isShortened: true) { $0.displayName },
    Column("roles") { $0.roles.isEmpty ? "-" : $0.roles.map(\.rawValue).joined(separator: ", ") },
    Column("parent") { $0.parent ?? "-" },
    Column("capabilities") { String($0.capabilities.count) },
    Column("description", isShortened: true) { $0.description },
  ]

  static let command = Command<ControlAction>(
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
}
