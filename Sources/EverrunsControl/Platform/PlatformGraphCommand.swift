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
      case .mermaid: "for Markdown pages that draw Mermaid"
      }
    }
  }

  private static let form = Option.defaulted(
    "format", .choice(Form.self), default: .tree, summary: "How to draw it")

  static let command = Command<ControlAction>(
    "graph", summary: "Draw which capabilities need which, and which harnesses build on which",
    arguments: [PlatformCommands.reference], options: [form],
    examples: [
      Example(
        "Make a picture", "everrunsctl platform graph --format dot | dot -Tsvg > platform.svg")
    ]
  ) { session in
    let platform = try session.platform(try session.reference(PlatformCommands.reference))
    let graph = PlatformGraph(platform.definition)
    let drawing = GraphText(graph: graph)
    try session.write(
      json: graph.document,
      text: {
        switch session.arguments[form] {
        case .tree: drawing.tree(style: session.style)
        case .dot: drawing.dot
        case .mermaid: drawing.mermaid
        }
      }())
    return .success
  }
}
