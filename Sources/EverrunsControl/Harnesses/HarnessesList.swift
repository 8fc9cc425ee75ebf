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
    try session.writeList(
      try session.platform().definition.builtInHarnesses, columns: columns)
    return .success
  }
}

extension BuiltInHarness: Listed {
  var listName: String { name }
}
