import Everruns
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

/// The form in which a column holds times.
enum TimeForm {
  /// To the second, as the history has them.
  case seconds
  /// To the millisecond, as server and worker write them.
  case milliseconds

  /// A text that the column may hold.
  var example: String {
    let time = Date(timeIntervalSince1970: 0)
    return switch self {
    case .seconds: time.stored
    case .milliseconds: RunTime.text(time)
    }
  }

  /// The time that a text of the column states; `nil` if it states none.
  func time(_ text: String) -> Date? {
    switch self {
    case .seconds: Date(stored: text)
    case .milliseconds: RunTime.time(text)
    }
  }

  /// The pattern of the texts that the store itself writes, for SQLite's GLOB.
  var pattern: String {
    switch self {
    case .seconds: "????-??-??T??:??:??*Z"
    case .milliseconds: "????-??-??T??:??:??.???Z"
    }
  }
}
