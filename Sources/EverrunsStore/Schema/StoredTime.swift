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
    guard text.hasNumbersOfTime else { return nil }
    let styles = [false, true].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    guard let time = styles.lazy.compactMap({ try? Date(text, strategy: $0) }).first else {
      return nil
    }
    self = time
  }
}

extension String {
  /// Whether the day that a text in ISO 8601 begins with exists, and the hour, the minute, the second
  /// and the offset that may follow.
  ///
  /// Foundation reads November 31 as December 1.
  package var hasNumbersOfTime: Bool {
    let day = prefix { $0 != "T" && $0 != " " }
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    guard let start = try? style.parse(String(day)), start.formatted(style) == day else {
      return false
    }
    let time = dropFirst(day.count + 1)
    let numbers = time.prefix(8).split(separator: ":").map { Int($0) ?? 0 }
    guard zip(numbers, [23, 59, 59]).allSatisfy({ $0 <= $1 }) else { return false }
    // The zone that is furthest from UTC is Kiritimati's: sqlite.org/lang_datefunc.html, section 2.
    guard let offset = time.firstMatch(of: /[+-](?<hours>\d\d):?(?<minutes>\d\d)?$/) else {
      return true
    }
    let minutes = offset.minutes.flatMap { Int($0) } ?? 0
    return minutes <= 59 && (Int(offset.hours) ?? 0) * 60 + minutes <= 14 * 60
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
    case .milliseconds: text.hasNumbersOfTime ? RunTime.time(text) : nil
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
