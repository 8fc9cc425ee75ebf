import EverrunsDocuments
import Messages

extension JSONMerge.Conflict {
  /// The conflict as a line of text.
  var line: String {
    "\(path.joined(separator: "/").escapingControls())  base \(Self.text(base)), "
      + "ours \(Self.text(ours)), theirs \(Self.text(theirs))"
  }

  /// The conflict as an object; missing values are null.
  var document: JSONValue {
    [
      "path": .string(path.joined(separator: "/")), "base": base ?? .null, "ours": ours ?? .null,
      "theirs": theirs ?? .null,
    ]
  }

  /// How many columns a value may take.
  private static let width = 40

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case nil: "none"
    case .object?: "an object"
    case let value?: value.canonicalJSON.escapingControls().shortened(to: width)
    }
  }
}
