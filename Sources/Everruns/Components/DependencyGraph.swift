import EverrunsDocuments

/// A directed graph over named nodes, for finding circles however long they are.
struct DependencyGraph {
  /// How many circles are named: enough to work on, and without a bound their names together
  /// could be as many as the square of the nodes.
  static let limit = 100

  /// The nodes that each node points to; those that are no nodes themselves are passed over.
  private let edges: [String: [String]]
  private let nodes: [String]

  /// A graph of these nodes, in order.
  init(nodes: [String], edges: [String: [String]]) {
    self.nodes = nodes
    self.edges = edges.mapValues(\.withoutRepetitions)
  }

  /// One circle for every edge by which a walk returns to a node it is still on, up to the limit.
  ///
  /// Each begins with its member that comes first in the order of the nodes.
  ///
  /// The walk keeps its own stack: a chain of 100,000 nodes must not overflow the machine's.
  var cycles: [[String]] {
    enum Visit { case underway, done }
    var visits: [String: Visit] = [:]
    var found: [[String]] = []
    for start in nodes where visits[start] == nil {
      var trail: [(node: String, next: Int)] = [(start, 0)]
      visits[start] = .underway
      while let (node, next) = trail.last {
        let targets = edges[node] ?? []
        guard next < targets.count else {
          visits[node] = .done
          trail.removeLast()
          continue
        }
        trail[trail.count - 1].next += 1
        let target = targets[next]
        switch visits[target] {
        case .done: break
        case .underway:
          if let begin = trail.lastIndex(where: { $0.node == target }) {
            found.append(beginningWithFirst(trail[begin...].map(\.node)))
          }
          guard found.count < Self.limit else { return found }
        case nil where edges[target] != nil:
          visits[target] = .underway
          trail.append((target, 0))
        case nil: break
        }
      }
    }
    return found
  }

  /// A circle from its member on that comes first in the order of the nodes.
  private func beginningWithFirst(_ circle: [String]) -> [String] {
    let members = Set(circle)
    guard let first = nodes.first(where: members.contains),
      let begin = circle.firstIndex(of: first)
    else { return circle }
    return Array(circle[begin...] + circle[..<begin])
  }
}
