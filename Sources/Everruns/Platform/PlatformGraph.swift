package import EverrunsDocuments

/// The dependency graph of a platform definition: capabilities on capabilities, harness templates
/// on their parents.
package struct PlatformGraph: Sendable, Equatable {
  /// The kind of node.
  package enum Kind: String, CaseIterable, Sendable {
    /// A capability.
    case capability
    /// A harness template.
    case harness
  }

  /// A capability or a harness template.
  package struct Node: Sendable, Hashable {
    /// The kind.
    package let kind: Kind
    /// Its id or name.
    package let name: String
    /// Its display name; `nil` if it is missing.
    package let displayName: String?
    /// Whether it is referenced but does not exist.
    package var isMissing: Bool { displayName == nil }
  }

  /// An edge from a node to its dependency or parent.
  package struct Edge: Sendable, Hashable {
    /// The kind of both nodes.
    package let kind: Kind
    /// The dependent node.
    package let from: String
    /// The dependency or parent.
    package let to: String
  }

  /// The nodes in definition order, followed by missing ones.
  package let nodes: [Node]
  /// The edges in definition order.
  package let edges: [Edge]

  /// The graph of a definition.
  package init(_ definition: PlatformDefinition) {
    let needs = Self.part(
      .capability, names: definition.capabilities.map { ($0.id, $0.name) },
      targets: definition.capabilities.map(\.dependencies))
    let parents = Self.part(
      .harness, names: definition.builtInHarnesses.map { ($0.name, $0.displayName) },
      targets: definition.builtInHarnesses.map { $0.parent.map { [$0] } ?? [] })
    nodes = needs.nodes + parents.nodes
    edges = needs.edges + parents.edges
  }

  private static func part(
    _ kind: Kind, names: [(name: String, displayName: String)], targets: [[String]]
  ) -> (nodes: [Node], edges: [Edge]) {
    var known = Set(names.map { ExactText($0.name) })
    var nodes = names.map { Node(kind: kind, name: $0.name, displayName: $0.displayName) }
    let edges = zip(names, targets).flatMap { name, targets in
      targets.map { Edge(kind: kind, from: name.name, to: $0) }
    }
    for edge in edges where known.insert(ExactText(edge.to)).inserted {
      nodes.append(Node(kind: kind, name: edge.to, displayName: nil))
    }
    return (nodes, edges)
  }

  /// The graph as an object.
  package var document: JSONValue {
    [
      "nodes": .array(
        nodes.map {
          [
            "kind": .string($0.kind.rawValue), "name": .string($0.name),
            "missing": .bool($0.isMissing),
          ]
        }),
      "edges": .array(
        edges.map {
          [
            "kind": .string($0.kind.rawValue), "from": .string($0.from), "to": .string($0.to),
          ]
        }),
    ]
  }
}
