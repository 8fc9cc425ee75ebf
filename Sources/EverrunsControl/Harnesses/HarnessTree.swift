import Everruns

/// A harness template with those that build on it.
struct HarnessTree {
  let harness: BuiltInHarness
  let children: [HarnessTree]

  /// The templates that build on nothing that is there, each with everything that builds on it.
  static func roots(of harnesses: [BuiltInHarness]) -> [HarnessTree] {
    let names = Set(harnesses.map(\.name))
    return harnesses.filter { $0.parent.map { !names.contains($0) } ?? true }
      .map { tree(of: $0, in: harnesses) }
  }

  private static func tree(of harness: BuiltInHarness, in harnesses: [BuiltInHarness])
    -> HarnessTree
  {
    HarnessTree(
      harness: harness,
      children: harnesses.filter { $0.parent == harness.name }.map { tree(of: $0, in: harnesses) })
  }

  /// The tree as an object.
  var document: JSONValue {
    [
      "name": .string(harness.name), "parent": .optional(harness.parent),
      "roles": .strings(harness.roles.map(\.rawValue)),
      "children": .array(children.map(\.document)),
    ]
  }

  /// The tree as people draw it.
  func text(style: Style) -> String {
    lines(style: style).map { $0 + "\n" }.joined()
  }

  private func lines(style: Style) -> [String] {
    var line = harness.name
    if !harness.roles.isEmpty {
      line += "  " + style.literal("[\(harness.roles.map(\.rawValue).joined(separator: ", "))]")
    }
    return [line]
      + children.enumerated().flatMap { index, child in
        let isLast = index == children.count - 1
        return child.lines(style: style).enumerated().map { position, line in
          (position == 0 ? (isLast ? "└── " : "├── ") : (isLast ? "    " : "│   ")) + line
        }
      }
  }
}
