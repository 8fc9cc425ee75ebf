import CommandLineTree
import Everruns
import EverrunsStore

/// `harnesses tree`.
enum HarnessesTree {
  static let command = Command<ControlAction>(
    "tree", summary: "Show the inheritance of harness templates",
    discussion: """
      JSON and YAML are a flat list: each template follows its parent and carries its depth.
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
