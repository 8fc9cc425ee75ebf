public import EverrunsDocuments

/// What depends on what in a platform definition: capabilities on capabilities, harness templates
/// on their parents.
public struct PlatformGraph: Sendable, Equatable {
  /// What a node stands for.
  public enum Kind: String, CaseIterable, Sendable {
    /// A capability.
    case capability
    /// A harness template.
    case harness
  }

  /// A capability or a harness template.
  public struct Node: Sendable, Hashable {
    /// What it is.
    public let kind: Kind
    /// Its id or name.
    public let name: String
    /// Whether something names it and it is not there.
    public let isMissing: Bool
  }

  /// That one node needs another, or builds on it.
  public struct Edge: Sendable, Hashable {
    /// What both nodes are.
    public let kind: Kind
    /// The one that needs or builds on the other.
    public let from: String
    /// The other one.
    public let to: String
  }

  /// The nodes, in the order of the definition, what is missing last.
  public let nodes: [Node]
  /// The edges, in the order of the definition.
  public let edges: [Edge]

  /// The graph of a definition.
  public init(_ definition: PlatformDefinition) {
    let needs = Self.part(
      .capability, names: definition.capabilities.identifiers,
      targets: definition.capabilities.map(\.dependencies))
    let parents = Self.part(
      .harness, names: definition.builtInHarnesses.map(\.name),
      targets: definition.builtInHarnesses.map { $0.parent.map { [$0] } ?? [] })
    nodes = needs.nodes + parents.nodes
    edges = needs.edges + parents.edges
  }

  private static func part(
    _ kind: Kind, names: [String], targets: [[String]]
  ) -> (nodes: [Node], edges: [Edge]) {
    var known = Set(names)
    var nodes = names.map { Node(kind: kind, name: $0, isMissing: false) }
    let edges = zip(names, targets).flatMap { name, targets in
      targets.map { Edge(kind: kind, from: name, to: $0) }
    }
    for edge in edges where known.insert(edge.to).inserted {
      nodes.append(Node(kind: kind, name: edge.to, isMissing: true))
    }
    return (nodes, edges)
  }

  /// The graph as an object.
  public var document: JSONValue {
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
