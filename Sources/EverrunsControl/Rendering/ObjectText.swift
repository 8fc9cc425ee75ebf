import EverrunsDocuments
import Messages

/// Renders an object as text, key by key: short values next to the keys, long ones below.
enum ObjectText {
  static func text(_ object: JSONObject, style: Style) -> String {
    lines(object, indent: "", style: style).map { $0 + "\n" }.joined()
  }

  private static func lines(_ object: JSONObject, indent: String, style: Style) -> [String] {
    let keys = object.members.map { $0.key.escapingControls() }
    let width = keys.map(\.displayWidth).max() ?? 0
    return zip(keys, object.members).flatMap { key, member -> [String] in
      let title = indent + style.heading(key)
      if let short = short(member.value) {
        return [title + key.padding(to: width) + "  " + short]
      }
      return [title] + block(member.value, indent: indent + "  ", style: style)
    }
  }

  /// A value that fits next to its key.
  private static func short(_ value: JSONValue) -> String? {
    switch value {
    case .null: "-"
    case .bool(let flag): flag ? "yes" : "no"
    case .number(let number): number.literal
    case .string(let text): text.hasLineBreak ? nil : text.escapingControls()
    case .array(let elements) where elements.isEmpty: "-"
    case .object(let object) where object.isEmpty: "-"
    case .array(let elements):
      elements.allSatisfy(\.isScalar)
        ? elements.compactMap(short).joined(separator: ", ") : nil
    case .object: nil
    }
  }

  private static func block(_ value: JSONValue, indent: String, style: Style) -> [String] {
    switch value {
    case .string(let text):
      text.lines.map { indent + $0.escapingControls() }
    case .object(let object):
      lines(object, indent: indent, style: style)
    case .array(let elements):
      elements.flatMap { element -> [String] in
        // The configuration of a capability is usually empty, and then not shown.
        if case .object(let object) = element, let name = object["ref"]?.string,
          object["config"] == [:]
        {
          return [indent + "- " + name.escapingControls()]
        }
        let lines = block(element, indent: "", style: style)
        return lines.enumerated().map { index, line in
          indent + (index == 0 ? "- " : "  ") + line
        }
      }
    case .null, .bool, .number:
      [indent + (short(value) ?? "")]
    }
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .null, .bool, .number, .string: true
    case .array, .object: false
    }
  }
}
