import EverrunsDocuments
import EverrunsStore
import Messages

/// A line-by-line difference of two texts, with one line of context on both sides.
///
/// Lines are compared code point by code point; a pair that looks the same is labeled.
struct LineDifference {
  private enum Line {
    case same(String)
    case removed(String)
    case added(String, remark: InvisibleDifference?)
  }

  private let entries: [Line]

  /// The maximum number of line comparisons: it grows with the product of both texts, and so does
  /// the memory.
  private static let limit = 1_000_000

  init(from before: String, to after: String) {
    let old = before.lines.map(ExactText.init)
    let new = after.lines.map(ExactText.init)
    var removals = Set<Int>()
    var insertions = Set<Int>()
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let oldCore = old[start..<old.count - end]
    let newCore = new[start..<new.count - end]
    if oldCore.count * newCore.count > Self.limit {
      removals = Set(oldCore.indices)
      insertions = Set(newCore.indices)
    } else {
      for change in Array(newCore).difference(from: Array(oldCore)) {
        switch change {
        case .remove(let offset, _, _): removals.insert(start + offset)
        case .insert(let offset, _, _): insertions.insert(start + offset)
        }
      }
    }
    var entries: [Line] = []
    // The lines removed since the last common one, which precede the added ones.
    var replaced: ArraySlice<String> = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if removals.contains(oldIndex), oldIndex < old.count {
        entries.append(.removed(old[oldIndex].text))
        replaced.append(old[oldIndex].text)
        oldIndex += 1
      } else if insertions.contains(newIndex), newIndex < new.count {
        let text = new[newIndex].text
        let remark = replaced.popFirst().flatMap { InvisibleDifference($0, text) }
        entries.append(.added(text, remark: remark))
        newIndex += 1
      } else {
        entries.append(.same(new[newIndex].text))
        replaced = []
        oldIndex += 1
        newIndex += 1
      }
    }
    self.entries = entries
  }

  /// The lines that differ, and their neighbors.
  func lines(style: Style) -> [String] {
    let isShown = entries.indices.map { index in
      (max(0, index - 1)...min(entries.count - 1, index + 1)).contains { near in
        if case .same = entries[near] { false } else { true }
      }
    }
    var lines: [String] = []
    for (index, entry) in entries.enumerated() {
      guard isShown[index] else {
        if index == 0 || isShown[index - 1] { lines.append(style.faint("        ...")) }
        continue
      }
      switch entry {
      case .same(let text): lines.append("        " + text.escapingControls())
      case .removed(let text):
        lines.append("      " + style.removed("- " + text.escapingControls()))
      case .added(let text, let remark):
        lines.append(
          "      " + style.added("+ " + text.escapingControls())
            + style.faint(remark?.remark ?? ""))
      }
    }
    return lines
  }
}
