import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// The differences between two definitions, for output.
struct DefinitionDifference {
  let before: LoadedPlatform
  let after: LoadedPlatform
  private let changes: ShownChanges

  init(before: LoadedPlatform, after: LoadedPlatform, _ changes: [DefinitionChange]) {
    self.before = before
    self.after = after
    self.changes = ShownChanges(from: before.definition, to: after.definition, changes)
  }

  private var title: String {
    "\(before.referenceWithRevision.escapingControls()) -> "
      + after.referenceWithRevision.escapingControls()
  }

  /// The differences as text.
  ///
  /// - Parameters:
  ///   - isBrief: Whether to leave out the summary at the end.
  ///   - isVerbose: Whether to show the fingerprints of both.
  ///   - style: The style of the terminal.
  /// - Returns: Lines that end with a newline.
  func text(isBrief: Bool, isVerbose: Bool, style: Style) -> String {
    let differences = ChangeText.lines(changes, style: style)
    guard !isBrief else { return differences.map { $0 + "\n" }.joined() }
    let lines =
      differences
      + (changes.isEmpty ? [] : [""])
      + ["\(title): \(changes.isEmpty ? "no differences" : ChangeText.summary(changes))"]
      + surface.map { section, summary in "  \(section): \(summary)" }
      + (isVerbose ? [before, after].map(Self.fingerprint) : [])
    return lines.map { $0 + "\n" }.joined()
  }

  private static func fingerprint(of platform: LoadedPlatform) -> String {
    "  \(platform.referenceWithRevision.escapingControls())  \(platform.fingerprint)"
  }

  /// The differences as Markdown, for a review comment.
  var markdown: String {
    var lines = [
      "### `\(title)`", "",
      "**\(changes.isEmpty ? "no differences" : ChangeText.summary(changes))**", "",
    ]
    lines += surface.map { section, summary in "- `\(section)`: \(summary)" }
    if !changes.isEmpty {
      let differences = ChangeText.lines(changes, style: .plain)
      lines += [""] + MarkdownDiff(differences).block(summary: count(differences.count, "line"))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Every section with its number of differences, including those without any.
  private var surface: [(section: String, summary: String)] {
    after.definition.counts.members.map { member in
      let section = member.key
      let inSection = changes.within(section)
      return (section, inSection.isEmpty ? "unchanged" : ChangeText.summary(inSection))
    }
  }
}
