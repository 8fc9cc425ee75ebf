import CommandLineTree
import Everruns
import EverrunsStore

/// `harnesses tree`.
enum HarnessesTree {
  static let command = Command<ControlAction>(
    "tree", summary: "Show the inheritance of harness templates",
    discussion: """
      Other formats are a flat list: each template follows its parent and carries its depth.
      """,
    examples: [
      Example("See the inheritance of the stock platform", "everrunsctl harnesses tree -p oss")
    ], formats: .list, columns: .of(columns)
  ) { session in
    let tree = HarnessTree(try session.platform().definition.builtInHarnesses)
    if session.format == .text, !session.choosesColumns {
      try session.writeText(tree.text(isVerbose: session.isVerbose, style: session.style))
    } else {
      try session.writeList(tree.entries, columns: columns)
    }
    return .success
  }

  private static let columns: [Column<HarnessTree.Entry>] = [
    Column("name"), Column("parent"), Column("depth", isNumber: true), Column("roles"),
  ]
}
