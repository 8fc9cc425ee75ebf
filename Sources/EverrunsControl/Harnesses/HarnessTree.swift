import Everruns
import EverrunsDocuments
import Messages

/// Harness templates as a tree by inheritance.
///
/// The tree is a flat list with depths. Nested values would be as deep as the longest chain of
/// parents, which is unbounded, and JSON readers reject deep nesting.
struct HarnessTree {
  /// A template with its place in the tree.
  struct Entry {
    let harness: BuiltInHarness
    /// The number of its ancestors.
    let depth: Int
    /// Whether it is the last of its siblings.
    let isLast: Bool
  }

  /// All templates; each follows its parent.
  ///
  /// Templates with an unknown parent are at the top level.
  let entries: [Entry]

  /// The tree of these templates; siblings keep their order.
  init(_ harnesses: [BuiltInHarness]) {
    let names = Set(harnesses.map(\.name))
    var children = Dictionary(grouping: harnesses) { harness in
      harness.parent.flatMap { names.contains($0) ? $0 : nil }
    }
    // Each template is visited once, so that an invalid definition with duplicate names does not
    // loop.
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

  /// The depth up to which lines are indented; a long chain would exceed the terminal's width, and
  /// its text would grow with the square of its length.
  private static let deepestIndent = 32

  /// The tree as text, with display names and numbers of capabilities if `isVerbose`.
  func text(isVerbose: Bool, style: Style) -> String {
    // The prefix of the children of the entry at each depth.
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
      if isVerbose {
        let capabilities = count(
          entry.harness.capabilities.count, "capability", plural: "capabilities")
        text += style.faint("  \(entry.harness.displayName.escapingControls()), \(capabilities)")
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

extension HarnessTree.Entry: Listed {
  var listName: String { harness.name }

  var document: JSONObject {
    [
      "name": .string(harness.name), "parent": .optional(harness.parent),
      "depth": .integer(depth), "roles": .strings(harness.roles.map(\.rawValue)),
    ]
  }
}
