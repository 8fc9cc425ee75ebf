import EverrunsDocuments
import Messages

extension JSONMerge.Conflict {
  /// The conflict as an object; missing values are null.
  var document: JSONValue {
    [
      "path": .string(path.joined(separator: "/")), "base": base ?? .null, "ours": ours ?? .null,
      "theirs": theirs ?? .null,
      "reason": .optional(
        claims.map { "\(reason); ours \(Self.claim($0.ours)), theirs \(Self.claim($0.theirs))" }),
    ]
  }

  /// Why two templates are in conflict.
  fileprivate var reason: String { "two templates have this name" }

  /// What happened to a template that got a name.
  fileprivate static func claim(_ before: String?) -> String {
    before.map { "was renamed from \($0.quoted)" } ?? "was added"
  }
}

/// Renders a conflict of a merge: the path, and below it the base and what each side made of it.
///
/// Of a changed prompt, and any other long text, a side shows the words or lines that differ from
/// the base.
struct ConflictText {
  let style: Style
  /// Whether to show values in full.
  let isVerbose: Bool

  /// The conflict as lines of text.
  func lines(_ conflict: JSONMerge.Conflict) -> [String] {
    let path = conflict.path.joined(separator: "/").escapingControls()
    let base = conflict.base
    let sides = [conflict.ours, conflict.theirs]
    if let claims = conflict.claims {
      return ["\(path): \(conflict.reason)"]
        + zip(["ours  ", "theirs"], zip([claims.ours, claims.theirs], sides)).map { name, side in
          "  \(name)  \(JSONMerge.Conflict.claim(side.0))"
            + (isVerbose ? ": \(text(side.1))" : "")
        }
    }
    return [path]
      + (isVerbose || !isObvious(base, sides) ? ["  base    \(text(base))"] : [])
      + zip(["ours", "theirs"], sides).flatMap { name, side in
        self.side(name, from: base, to: side)
      }
  }

  /// Whether the sides show their differences from the base, and so what matters of it.
  private func isObvious(_ base: JSONValue?, _ sides: [JSONValue?]) -> Bool {
    guard let base else { return false }
    if case .object = base { return true }
    return sides.allSatisfy { side in side.map { hasDifference(base, $0) } ?? true }
  }

  /// A side's value: of an object in the base, the members that differ.
  private func side(_ name: String, from base: JSONValue?, to value: JSONValue?) -> [String] {
    let title = "  " + name.padded(to: 6)
    guard let base else { return ["\(title)  \(text(value))"] }
    guard let value else {
      if case .object = base { return ["\(title)  removed"] }
      return ["\(title)  \(text(value))"]
    }
    guard case .object(let before) = base, case .object(let after) = value else {
      return hasDifference(base, value)
        ? ValueDifference.lines(title, from: base, to: value, style: style)
        : ["\(title)  \(text(value))\(InvisibleDifference(base, value)?.remark ?? "")"]
    }
    let keys = before.members.map(\.key) + after.members.map(\.key).filter { before[$0] == nil }
    let changed = keys.filter { before[$0] != after[$0] }
    let texts = changed.filter { hasDifference(before[$0], after[$0] ?? .null) }
    let others = changed.filter { !texts.contains($0) }.map { key in
      let remark = before[key].flatMap { old in
        after[key].flatMap { InvisibleDifference(old, $0)?.remark }
      }
      return "\(key.escapingControls()) \(text(before[key])) -> \(text(after[key]))"
        + (remark ?? "")
    }
    return [
      others.isEmpty ? "  \(name)" : "\(title)  \(style.shortened(others.joined(separator: ", ")))"
    ]
      + texts.flatMap { key in
        ValueDifference.lines(
          "      \(key.escapingControls())", from: before[key] ?? .null, to: after[key] ?? .null,
          style: style)
      }
  }

  /// Whether the difference of two values is clearer than both of them.
  private func hasDifference(_ before: JSONValue?, _ after: JSONValue) -> Bool {
    guard case .string(let old)? = before, case .string(let new) = after else { return false }
    return ValueDifference.isInText(from: old, to: new)
  }

  private func text(_ value: JSONValue?) -> String {
    value.map { style.shortened($0.canonicalJSON.escapingControls()) } ?? "none"
  }
}
