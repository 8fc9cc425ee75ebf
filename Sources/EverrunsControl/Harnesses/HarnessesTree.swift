import CommandLineTree
import Everruns
import EverrunsStore

/// `harnesses tree`.
enum HarnessesTree {
  static let command = Command<ControlAction>(
    "tree", summary: "Show which harness templates build on which",
    discussion: """
      As JSON or YAML the tree is one list, in which every template stands behind its parent with \
      its depth, so that no chain of parents is too long for a reader.
      """,
    examples: [
      Example("See the inheritance of the stock platform", "everrunsctl harnesses tree -p oss")
    ]
  ) { session in
    let tree = HarnessTree(try session.platform().definition.builtInHarnesses)
    try session.write(
      json: tree.document, text: tree.text(isVerbose: session.isVerbose, style: session.style))
    return .success
  }
}
