import EverrunsDocuments
import Messages

extension JSONMerge.Conflict {
  /// The conflict as lines of text: the path, and below it the three values.
  var lines: [String] {
    [path.joined(separator: "/").escapingControls()]
      + [("base  ", base), ("ours  ", ours), ("theirs", theirs)].map { side, value in
        "  \(side)  \(Self.text(value))"
      }
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
    switch value {
    case nil: "none"
    case .object?: "an object"
    case let value?: value.canonicalJSON.escapingControls().shortened(to: width)
    }
  }
}
