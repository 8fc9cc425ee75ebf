import EverrunsDocuments

/// A directed graph of named nodes that finds cycles of any length.
struct DependencyGraph {
  /// The maximum number of reported cycles: enough to work on, and without a limit their names
  /// together could grow with the square of the number of nodes.
  static let limit = 100

  /// The successors of each node; names that are not nodes are ignored.
  private let edges: [String: [String]]
  private let nodes: [String]

  /// Creates a graph of nodes, in order.
  init(nodes: [String], edges: [String: [String]]) {
    self.nodes = nodes
    self.edges = edges.mapValues(\.withoutRepetitions)
  }

  /// One cycle for every back edge of a depth-first search, up to the limit.
  ///
  /// Each begins with its first member in the order of the nodes.
  ///
  /// The search has its own stack: a chain of 100,000 nodes would overflow the machine's.
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

  /// A cycle, rotated to begin with its first member in the order of the nodes.
  private func beginningWithFirst(_ cycle: [String]) -> [String] {
    let members = Set(cycle)
    guard let first = nodes.first(where: members.contains),
      let begin = cycle.firstIndex(of: first)
    else { return cycle }
    return Array(cycle[begin...] + cycle[..<begin])
  }
}
