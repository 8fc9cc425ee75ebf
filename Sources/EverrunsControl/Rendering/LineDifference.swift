import EverrunsDocuments
import EverrunsStore
import Messages

/// A line-by-line difference of two texts, with one line of context on both sides.
///
/// Before each place stand its line number in the new text and the Markdown heading above it:
/// `@@ line 14 @@ ## Sources`. Lines are compared code point by code point; a pair that looks the
/// same is labeled, and a long line of which only some words change is shown once.
struct LineDifference {
  fileprivate enum Line {
    case same(String)
    case removed(String)
    case added(String, remark: InvisibleDifference?)
    case changed(WordDifference, remark: InvisibleDifference?)
  }

  private let entries: [Line]

  init(from before: String, to after: String) {
    let (old, new) = (Self.lines(of: before), Self.lines(of: after))
    let difference = PositionDifference(from: old, to: new)
    var entries: [Line] = []
    // The lines removed and added since the last common one.
    var removed: [String] = []
    var added: [String] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if difference.removed.contains(oldIndex), oldIndex < old.count {
        removed.append(old[oldIndex].text)
        oldIndex += 1
      } else if difference.added.contains(newIndex), newIndex < new.count {
        added.append(new[newIndex].text)
        newIndex += 1
      } else {
        entries += Self.replacing(removed, with: added)
        entries.append(.same(new[newIndex].text))
        (removed, added) = ([], [])
        oldIndex += 1
        newIndex += 1
      }
    }
    self.entries = entries + Self.replacing(removed, with: added)
  }

  /// The lines of a text; an empty one has none to show.
  private static func lines(of text: String) -> [ExactText] {
    text.isEmpty ? [] : text.lines.map(ExactText.init)
  }

  /// The entries for neighboring lines that others replace, line by line.
  ///
  /// Removed lines precede the added ones, up to the next line that is shown once.
  private static func replacing(_ removed: [String], with added: [String]) -> [Line] {
    var entries: [Line] = []
    var old: [Line] = []
    var new: [Line] = []
    for (before, after) in zip(removed, added) {
      let remark = InvisibleDifference(before, after)
      if let words = WordDifference(from: before, to: after) {
        entries += old + new + [.changed(words, remark: remark)]
        (old, new) = ([], [])
      } else {
        old.append(.removed(before))
        new.append(.added(after, remark: remark))
      }
    }
    let (gone, come) = (removed.dropFirst(added.count), added.dropFirst(removed.count))
    return entries + old + gone.map { .removed($0) } + new
      + come.map { .added($0, remark: nil) }
  }

  /// The lines that differ, and their neighbors.
  func lines(style: Style) -> [String] {
    let isShown = entries.indices.map { index in
      (max(0, index - 1)...min(entries.count - 1, index + 1)).contains { !entries[$0].isSame }
    }
    let cut = cutting(by: style)
    var lines: [String] = []
    var number = 1
    var headings = MarkdownHeadings()
    for (index, entry) in entries.enumerated() {
      if isShown[index], index == 0 || !isShown[index - 1] {
        let header =
          // The first line of a place is a neighbor, unless the text begins with a difference.
          if case .same(let text) = entry {
            Self.header(line: number + 1, headings.adding(text).latest)
          } else {
            Self.header(line: number, headings.latest)
          }
        lines.append(ValueDifference.indent + style.faint(header))
      }
      if isShown[index] { lines.append(Self.line(entry, style: style, cut)) }
      switch entry {
      case .same(let text), .added(let text, _):
        number += 1
        headings.add(text)
      case .changed(let words, _):
        number += 1
        headings.add(words.newText)
      case .removed: break
      }
    }
    return lines
  }

  private static func header(line number: Int, _ heading: String?) -> String {
    "@@ line \(number) @@" + (heading.map { " " + $0.escapingControls() } ?? "")
  }

  /// How lines are cut: in full if the beginnings of a removed and an added one are the same.
  private func cutting(by style: Style) -> (String) -> String {
    var removed: Set<String> = []
    var added: Set<String> = []
    for entry in entries where style.limit != nil {
      switch entry {
      case .removed(let text): removed.insert(style.shortened(text.escapingControls()))
      case .added(let text, _): added.insert(style.shortened(text.escapingControls()))
      case .same, .changed: break
      }
    }
    let alike = removed.intersection(added)
    return { text in
      let text = text.escapingControls()
      let short = style.shortened(text)
      return alike.contains(short) ? text : short
    }
  }

  private static func line(
    _ entry: Line, style: Style, _ cut: (String) -> String
  ) -> String {
    let text =
      switch entry {
      case .same(let text): "  " + cut(text)
      case .removed(let text): style.removed("- " + cut(text))
      case .added(let text, let remark):
        style.added("+ " + cut(text)) + style.faint(remark?.remark ?? "")
      case .changed(let words, let remark):
        style.changed("~ ") + words.text(style: style) + style.faint(remark?.remark ?? "")
      }
    return ValueDifference.indent + text
  }
}

extension LineDifference.Line {
  fileprivate var isSame: Bool {
    if case .same = self { true } else { false }
  }
}
