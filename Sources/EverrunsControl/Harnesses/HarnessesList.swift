import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `harnesses list`.
enum HarnessesList {
  private static let columns: [Column<BuiltInHarness>] = [
    Column("name"), Column("display_name", title: "display", isShortened: true), Column("roles"),
    Column("parent"), Column("capabilities", title: "caps") { String($0.capabilities.count) },
    Column("description", isShortened: true), Column("tags", visibility: .verbose),
    Column("previous_names", title: "previous", visibility: .verbose),
  ].completed(with: BuiltInHarness.outline)

  static let command = Command<ControlAction>(
    "list", summary: "List the harness templates",
    examples: [
      Example("Also show tags and previous names", "everrunsctl harnesses list -v")
    ], formats: .list, columns: .of(columns)
  ) { session in
    try session.writeList(
      try session.platform().definition.builtInHarnesses,
      columns: columns, ifEmpty: .note("no harness templates"))
    return .success
  }
}

extension BuiltInHarness: Listed {
  var listName: String { name }
}
