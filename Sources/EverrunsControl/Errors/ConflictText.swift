import EverrunsDocuments
import Messages

extension JSONMerge.Conflict {
  /// The conflict as lines of text: the path, and below it the base and what each side made of it.
  var lines: [String] {
    [
      path.joined(separator: "/").escapingControls(), "  base    \(Self.text(base))",
      "  ours    \(change(to: ours))", "  theirs  \(change(to: theirs))",
    ]
  }

  /// The conflict as an object; missing values are null.
  var document: JSONValue {
    [
      "path": .string(path.joined(separator: "/")), "base": base ?? .null, "ours": ours ?? .null,
      "theirs": theirs ?? .null,
    ]
  }

  /// How many columns a value may take.
  ///
  /// Longer ones, such as prompts, are in the JSON error.
  private static let width = 240

  private static func text(_ value: JSONValue?) -> String {
    value.map { $0.canonicalJSON.escapingControls().shortened(to: width) } ?? "none"
  }

  /// A side's value: of an object in the base, the members that differ.
  private func change(to value: JSONValue?) -> String {
    guard case .object(let before)? = base else { return Self.text(value) }
    guard case .object(let after)? = value else {
      return value == nil ? "removed" : Self.text(value)
    }
    let keys = before.members.map(\.key) + after.members.map(\.key).filter { before[$0] == nil }
    return keys.filter { before[$0] != after[$0] }.map { key in
      "\(key.escapingControls()) \(Self.text(before[key])) -> \(Self.text(after[key]))"
    }.joined(separator: ", ").shortened(to: Self.width)
  }
}
