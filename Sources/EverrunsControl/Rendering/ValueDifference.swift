import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// Renders the change of a value: prompts by line, lists by item, anything else side by side.
enum ValueDifference {
  /// The blanks before each line below a title.
  static let indent = "      "

  /// The lines about a value, the first of which begins with `title`, such as the name of a field.
  static func lines(
    _ title: String, from before: JSONValue, to after: JSONValue, style: Style
  ) -> [String] {
    switch (before, after) {
    case (.string(let old), .string(let new)) where old.hasLineBreak || new.hasLineBreak:
      return [title + style.faint(sizes(old, new))] + textLines(from: old, to: new, style: style)
    case (.string(let old), .string(let new)):
      if let words = WordDifference(from: old, to: new) {
        return [title + style.faint(sizes(old, new)), "        " + words.text(style: style)]
      }
      guard isLong(old, new) else { return ["\(title)  " + sides(before, after, style)] }
      // The only line of a text needs no number.
      return [title + style.faint(sizes(old, new))]
        + textLines(from: old, to: new, style: style).dropFirst()
    case (.object, .object):
      return [title]
        + LineDifference(from: before.prettyJSON, to: after.prettyJSON).lines(style: style)
    case (.array(let old), .array(let new)):
      return lines(title, ItemDifference(from: old, to: new), old.count, new.count, style)
    default:
      return ["\(title)  " + sides(before, after, style)]
    }
  }

  /// Whether the difference of two texts is shown within the text, not side by side.
  static func isInText(from old: String, to new: String) -> Bool {
    old.hasLineBreak || new.hasLineBreak || WordDifference(from: old, to: new) != nil
  }

  /// Whether two texts are too long to be shown side by side.
  private static func isLong(_ old: String, _ new: String) -> Bool {
    max(old.utf8.count, new.utf8.count) > Style.terminalLimit
  }

  private static func lines(
    _ title: String, _ items: ItemDifference, _ old: Int, _ new: Int, _ style: Style
  ) -> [String] {
    let marks =
      items.added.map { item in
        style.added("+ \(item.text)") + style.faint(items.lookalikeRemark(of: item))
      }
      + items.removed.map { style.removed("- \($0.text)") }
      + (items.isReordered ? [style.changed("other order")] : [])
    let counts = old == new ? [] : ["\(old) -> \(new)"]
    return [([title] + counts + marks).joined(separator: "  ")]
      + items.changed.map { before, after in
        "        \(style.changed("~ \(after.shownAsItem)"))  " + sides(before, after, style)
      }
  }

  /// The lines of a text that differ; none if only their ends do, because each would be shown twice.
  static func textLines(from before: String, to after: String, style: Style) -> [String] {
    InvisibleDifference(before, after) == .lineEnd
      ? [] : LineDifference(from: before, to: after).lines(style: style)
  }

  /// The remark about a text of several lines or a long one; empty for other values.
  static func remark(from before: JSONValue, to after: JSONValue) -> String {
    guard case .string(let old) = before, case .string(let new) = after,
      isInText(from: old, to: new) || isLong(old, new)
    else { return "" }
    return sizes(old, new)
  }

  /// The change in size of a text, and whether it is nothing that can be seen.
  private static func sizes(_ old: String, _ new: String) -> String {
    let (oldCount, newCount) = (old.count, new.count)
    return (oldCount == newCount ? "" : "  \(oldCount) -> \(newCount) characters")
      + (InvisibleDifference(old, new)?.remark ?? "")
  }

  private static func sides(_ before: JSONValue, _ after: JSONValue, _ style: Style) -> String {
    let remark = InvisibleDifference(before, after)?.remark
    let texts = [before, after].map(\.shownInLine)
    let short = texts.map(style.shortened)
    // Beginnings that are the same show no difference.
    let shown = short[0] == short[1] ? texts : short
    return style.removed(shown[0]) + " -> " + style.added(shown[1]) + style.faint(remark ?? "")
  }
}

/// An item-by-item difference of two lists.
private struct ItemDifference {
  let added: [Item]
  let removed: [Item]
  let changed: [(before: JSONValue, after: JSONValue)]
  let isReordered: Bool
  /// The text of each removed item, by what it shows.
  private let removedTexts: [String: String]

  /// An item of a list.
  struct Item {
    let value: JSONValue
    /// Whether the list has an equal one before it.
    let isRepeated: Bool

    var text: String { value.shownAsItem + (isRepeated ? " (again)" : "") }
  }

  /// What tells an item from others: its key, and its number among equal ones.
  private struct Identity: Hashable {
    let key: ExactText
    let number: Int
  }

  init(from before: [JSONValue], to after: [JSONValue]) {
    let (oldIdentities, newIdentities) = (Self.identities(of: before), Self.identities(of: after))
    let old = Dictionary(firstByKey: zip(oldIdentities, before))
    let new = Set(newIdentities)
    func items(_ identities: [Identity], _ values: [JSONValue], without others: Set<Identity>)
      -> [Item]
    {
      zip(identities, values).filter { !others.contains($0.0) }
        .map { Item(value: $1, isRepeated: $0.number > 0) }
    }
    added = items(newIdentities, after, without: Set(oldIdentities))
    removed = items(oldIdentities, before, without: new)
    removedTexts = Dictionary(
      firstByKey: removed.map { ($0.value.key.text.visibleText, $0.value.key.text) })
    changed = zip(newIdentities, after).compactMap { identity, item in
      old[identity].flatMap { $0 == item ? nil : ($0, item) }
    }
    isReordered = oldIdentities.filter(new.contains) != newIdentities.filter { old[$0] != nil }
  }

  private static func identities(of items: [JSONValue]) -> [Identity] {
    var counts: [ExactText: Int] = [:]
    return items.map { item in
      let number = counts[item.key, default: 0]
      counts[item.key] = number + 1
      return Identity(key: item.key, number: number)
    }
  }

  /// The remark about an added item if a removed one looks the same.
  func lookalikeRemark(of item: Item) -> String {
    let text = item.value.key.text
    let difference = removedTexts[text.visibleText].flatMap { InvisibleDifference($0, text) }
    return difference?.remark ?? ""
  }
}

extension JSONValue {
  /// The key that identifies an item in another list.
  fileprivate var key: ExactText {
    ExactText(identifyingText(by: PlatformDefinition.identifyingKeys) ?? canonicalJSON)
  }

  /// An item; just its name if that is enough.
  fileprivate var shownAsItem: String { key.text.escapingControls() }

  /// A value in one line.
  fileprivate var shownInLine: String {
    switch self {
    case .null: "none"
    case .string(let text): "\"\(text.escapingControls())\""
    case .bool, .number, .array, .object: canonicalJSON.escapingControls()
    }
  }
}
