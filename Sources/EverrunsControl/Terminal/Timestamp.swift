import EverrunsDocuments
import Foundation

/// Formats times.
enum Timestamp {
  /// A time in ISO 8601, UTC, to the second: `2026-01-31T08:00:00Z`.
  static func utc(_ time: Date) -> String {
    time.formatted(.iso8601)
  }

  /// A time as JSON; `null` for one that cannot be read.
  static func document(_ time: Date?) -> JSONValue { .optional(time.map(utc)) }

  /// A time in the local zone, for people: `2026-01-31 09:00:00 +0100`, or briefly
  /// `2026-01-31 09:00`; `?` for one that cannot be read.
  static func local(_ time: Date?, in zone: TimeZone, isBrief: Bool = false) -> String {
    guard let time else { return "?" }
    let style = Date.VerbatimFormatStyle(
      format: """
        \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) \(timeZone: .iso8601(.short))
        """, timeZone: zone, calendar: Calendar(identifier: .gregorian))
    let text = time.formatted(style)
    return isBrief ? String(text.prefix(16)) : text
  }
}
