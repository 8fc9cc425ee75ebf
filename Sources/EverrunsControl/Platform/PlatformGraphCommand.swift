import CommandLineTree
import Everruns
import EverrunsStore

/// `platform graph`.
enum PlatformGraphCommand {
  /// How the graph is drawn.
  private enum Form: String, CommandLineChoice {
    case tree
    case dot
    case mermaid

    var choiceSummary: String {
      switch self {
      case .tree: "for the terminal"
      case .dot: "for Graphviz"
      case .mermaid: "for Markdown pages"
      }
    }
  }

  private static let form = Option.defaulted(
    "format", .choice(Form.self), default: .tree, summary: "Format of the graph")

  static let command = Command<ControlAction>(
    "graph", summary: "Draw the dependencies of capabilities and the inheritance of harnesses",
    discussion: "-v shows display names in the tree.",
    arguments: [PlatformCommands.reference], options: [form],
    examples: [
      Example(
        "Create a picture", "everrunsctl platform graph --format dot | dot -Tsvg > platform.svg")
    ]
  ) { session in
    try session.check(form, goesWith: [.text])
    let platform = try session.platform(try session.reference(PlatformCommands.reference))
    let graph = PlatformGraph(platform.definition)
    let drawing = GraphText(graph: graph)
    try session.write(
      json: graph.document,
      text: {
        switch session.arguments[form] {
        case .tree: drawing.tree(style: session.style, isVerbose: session.isVerbose)
        case .dot: drawing.dot
        case .mermaid: drawing.mermaid
        }
      }())
    return .success
  }
}
