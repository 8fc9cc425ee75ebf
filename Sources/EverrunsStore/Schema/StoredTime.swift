import Foundation

extension Date {
  /// A time as stored: ISO 8601, UTC, to the second.
  var stored: String { formatted(.iso8601) }

  /// Parses a time as stored, or as SQLite's own functions write it: with a space, with fractions
  /// of a second, and without a zone, which means UTC (sqlite.org/lang_datefunc.html, section 2).
  init?(stored text: String) {
    var text = text.replacing(" ", with: "T", maxReplacements: 1)
    if text.wholeMatch(of: /[^T]*T[^Z+-]*/) != nil { text += "Z" }
    let styles = [false, true].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    guard let time = styles.lazy.compactMap({ try? Date(text, strategy: $0) }).first else {
      return nil
    }
    self = time
  }
}
