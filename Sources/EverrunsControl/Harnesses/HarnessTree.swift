import Everruns
import EverrunsDocuments
import Messages

/// Harness templates, each below the one it builds on.
///
/// The tree is kept and written as a list. Nested values would be as deep as the longest chain of
/// parents, which nothing bounds, and readers of JSON refuse what is nested too deep.
struct HarnessTree {
  /// A template with its place in the tree.
  struct Entry {
    let harness: BuiltInHarness
    /// How many templates stand above it.
    let depth: Int
    /// Whether no other template after it has the same parent.
    let isLast: Bool
  }

  /// All templates, each parent before what builds on it.
  ///
  /// Templates whose parent is not there are at the top.
  let entries: [Entry]

  /// The tree of these templates; siblings keep their order.
  init(_ harnesses: [BuiltInHarness]) {
    let names = Set(harnesses.map(\.name))
    var children = Dictionary(grouping: harnesses) { harness in
      harness.parent.flatMap { names.contains($0) ? $0 : nil }
    }
    // Each template is taken out once, so that not even an invalid definition, where two have the
    // same name, makes this go in circles.
    func siblings(below parent: String?, depth: Int) -> [Entry] {
      let harnesses = children.removeValue(forKey: parent) ?? []
      return harnesses.enumerated().map { index, harness in
        Entry(harness: harness, depth: depth, isLast: index == harnesses.count - 1)
      }
    }
    var entries: [Entry] = []
    var waiting = Array(siblings(below: nil, depth: 0).reversed())
    while let entry = waiting.popLast() {
      entries.append(entry)
      waiting += siblings(below: entry.harness.name, depth: entry.depth + 1).reversed()
    }
    self.entries = entries
  }

  /// The tree as a list of objects.
  var document: JSONValue {
    .array(
      entries.map { entry in
        [
          "name": .string(entry.harness.name), "parent": .optional(entry.harness.parent),
          "depth": .integer(entry.depth),
          "roles": .strings(entry.harness.roles.map(\.rawValue)),
        ]
      })
  }

  /// How deep lines are still moved to the right; a long chain would need more columns than there
  /// are, and its text would grow as the square of its length.
  private static let deepestIndent = 32

  /// The tree as people draw it.
  func text(style: Style) -> String {
    // What stands in front of those below the entry of each depth.
    var indents: [String] = []
    var text = ""
    for entry in entries {
      let depth = entry.depth
      indents.removeSubrange(min(depth, indents.count)...)
      let indent = indents.last ?? ""
      if depth > 0 {
        text += indent + (entry.isLast ? "└── " : "├── ")
      }
      text += entry.harness.name.escapingControls()
      if !entry.harness.roles.isEmpty {
        let roles = entry.harness.roles.map(\.rawValue).joined(separator: ", ")
        text += "  " + style.literal("[\(roles)]")
      }
      if depth > Self.deepestIndent {
        text += "  " + style.faint("(level \(depth))")
      }
      text += "\n"
      let isIndented = depth > 0 && depth <= Self.deepestIndent
      indents.append(indent + (isIndented ? (entry.isLast ? "    " : "│   ") : ""))
    }
    return text
  }
}
