import Everruns
import EverrunsDocuments
import Messages

/// Draws the graph of a definition.
struct GraphText {
  let graph: PlatformGraph

  // MARK: DOT

  /// The graph in Graphviz's DOT language (graphviz.org/doc/info/lang.html).
  var dot: String {
    var lines = ["digraph platform {", "  rankdir=LR;", "  node [shape=box];"]
    for kind in PlatformGraph.Kind.allCases {
      lines += ["  subgraph cluster_\(kind.rawValue) {", "    label=\"\(kind.title)\";"]
      lines += graph.nodes.filter { $0.kind == kind }.map { node in
        let style = node.isMissing ? ", style=dashed" : ""
        return "    \(Self.dotID(kind, node.name)) [label=\(Self.dotText(node.name))\(style)];"
      }
      lines += ["  }"]
    }
    lines += graph.edges.map {
      "  \(Self.dotID($0.kind, $0.from)) -> \(Self.dotID($0.kind, $0.to));"
    }
    return (lines + ["}"]).map { $0 + "\n" }.joined()
  }

  /// A capability and a harness may have the same name.
  private static func dotID(_ kind: PlatformGraph.Kind, _ name: String) -> String {
    dotText("\(kind.rawValue) \(name)")
  }

  private static func dotText(_ text: String) -> String {
    let escaped = text.escapingControls().replacing("\\", with: "\\\\")
      .replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  // MARK: Mermaid

  /// The graph in Mermaid's flowchart syntax (mermaid.js.org/syntax/flowchart.html).
  var mermaid: String {
    let ids = Dictionary(
      graph.nodes.enumerated().map { (Key($1.kind, $1.name), "n\($0)") },
      uniquingKeysWith: { first, _ in first })
    var lines = ["flowchart LR"]
    for kind in PlatformGraph.Kind.allCases {
      lines.append("  subgraph \(kind.rawValue) [\(kind.title)]")
      lines += graph.nodes.filter { $0.kind == kind }.map { node in
        let id = ids[Key(kind, node.name)] ?? ""
        return "    \(id)[\"\(Self.mermaidText(node.name))\"]\(node.isMissing ? ":::missing" : "")"
      }
      lines.append("  end")
    }
    lines += graph.edges.map { edge in
      "  \(ids[Key(edge.kind, edge.from)] ?? "") --> \(ids[Key(edge.kind, edge.to)] ?? "")"
    }
    if graph.nodes.contains(where: \.isMissing) {
      lines.append("  classDef missing stroke-dasharray: 4 4")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private struct Key: Hashable {
    let kind: PlatformGraph.Kind
    let name: ExactText

    init(_ kind: PlatformGraph.Kind, _ name: String) {
      self.kind = kind
      self.name = ExactText(name)
    }
  }

  /// Mermaid escapes its special characters as numeric entities.
  private static func mermaidText(_ text: String) -> String {
    text.escapingControls().unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"", "#", ";", "<", ">", "&", "`": result += "#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  // MARK: Tree

  /// The maximum depth of a tree: more capabilities than this cannot be resolved together.
  private static let deepest = DependencyResolution.limit

  /// The graph as trees: capabilities with their dependencies, harnesses with those that inherit
  /// from them.
  ///
  /// A subtree is only drawn once; later occurrences show just the name.
  ///
  /// - Parameters:
  ///   - style: The style of the terminal.
  ///   - isVerbose: Whether to show display names.
  /// - Returns: One section for each kind of node, separated by empty lines.
  func tree(style: Style, isVerbose: Bool = false) -> String {
    PlatformGraph.Kind.allCases.flatMap { kind -> [String] in
      let nodes = graph.nodes.filter { $0.kind == kind }
      guard !nodes.isEmpty else { return [] }
      return [style.heading(kind.title)] + lines(nodes, kind, style, isVerbose) + [""]
    }.dropLast().map { $0 + "\n" }.joined()
  }

  private func lines(
    _ nodes: [PlatformGraph.Node], _ kind: PlatformGraph.Kind, _ style: Style, _ isVerbose: Bool
  ) -> [String] {
    var branches: [ExactText: [String]] = [:]
    for edge in graph.edges where edge.kind == kind {
      switch kind {
      case .capability: branches[ExactText(edge.from), default: []].append(edge.to)
      case .harness: branches[ExactText(edge.to), default: []].append(edge.from)
      }
    }
    let titles =
      isVerbose
      ? Dictionary(firstByKey: nodes.map { (ExactText($0.name), $0.displayName ?? "") }) : [:]
    let inner = Set(branches.values.joined().map(ExactText.init))
    var drawing = TreeDrawing(
      branches: branches, missing: Set(nodes.filter(\.isMissing).map { ExactText($0.name) }),
      titles: titles, style: style, deepest: Self.deepest)
    let names = nodes.map { ExactText($0.name) }
    for name in names where branches[name] != nil && !inner.contains(name) {
      drawing.draw(name.text)
    }
    // In a cycle, no node is a root.
    for name in names where branches[name] != nil && !drawing.drawn.contains(name) {
      drawing.draw(name.text)
    }
    let alone = names.filter { branches[$0] == nil && !inner.contains($0) }
    return drawing.lines
      + (alone.isEmpty ? [] : [style.faint("unconnected: ") + alone.map(\.text).joined(", ")])
  }
}

/// Trees, drawn for a terminal.
private struct TreeDrawing {
  let branches: [ExactText: [String]]
  let missing: Set<ExactText>
  /// The display names to show.
  let titles: [ExactText: String]
  let style: Style
  let deepest: Int
  private(set) var lines: [String] = []
  private(set) var drawn: Set<ExactText> = []

  init(
    branches: [ExactText: [String]], missing: Set<ExactText>, titles: [ExactText: String],
    style: Style, deepest: Int
  ) {
    self.branches = branches
    self.missing = missing
    self.titles = titles
    self.style = style
    self.deepest = deepest
  }

  mutating func draw(_ root: String) {
    draw(root, mark: "", below: "", depth: 0)
  }

  private mutating func draw(_ name: String, mark: String, below: String, depth: Int) {
    let children = branches[ExactText(name)] ?? []
    let isRepeated = !drawn.insert(ExactText(name)).inserted && !children.isEmpty
    let isTooDeep = depth >= deepest && !children.isEmpty
    let remark =
      missing.contains(ExactText(name))
      ? style.warning("  (missing)")
      : isRepeated ? style.faint("  (above)") : isTooDeep ? style.faint("  (...)") : ""
    let title = titles[ExactText(name)].map {
      $0.isEmpty ? "" : style.faint("  \($0.escapingControls())")
    }
    lines.append(mark + name.escapingControls() + (title ?? "") + remark)
    guard !isRepeated, !isTooDeep else { return }
    for (index, child) in children.enumerated() {
      let isLast = index == children.count - 1
      draw(
        child, mark: below + (isLast ? "└── " : "├── "), below: below + (isLast ? "    " : "│   "),
        depth: depth + 1)
    }
  }
}

extension PlatformGraph.Kind {
  /// The heading of the nodes.
  fileprivate var title: String {
    switch self {
    case .capability: "capabilities"
    case .harness: "harnesses"
    }
  }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String {
    map { $0.escapingControls() }.joined(separator: separator)
  }
}
