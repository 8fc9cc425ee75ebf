import CommandLineTree
import EverrunsStore
import Foundation
import Messages

/// A moment as typed: a day, a time, or how long ago it was.
enum TypedTime: CommandLineValue {
  /// A day in ISO 8601, which begins at local midnight.
  case day(String)
  case time(Date)
  case ago(seconds: Double)

  /// One of each form, for help.
  static let examples = "2026-01-31, 2026-01-31T08:00:00Z or 12h"

  /// The units of times that passed, with their seconds: those of kubectl and journalctl.
  private static let units: [Character: Double] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  init?(_ text: String) {
    if let seconds = Self.seconds(text) {
      self = .ago(seconds: seconds)
    } else if !text.hasNumbersOfTime {
      return nil
    } else if let time = try? Date(text, strategy: .iso8601) {
      self = .time(time)
    } else if Self.midnight(of: text, in: .gmt) != nil {
      self = .day(text)
    } else {
      return nil
    }
  }

  /// The seconds of a number with a unit, such as `90m`.
  private static func seconds(_ text: String) -> Double? {
    let number = text.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), (1...9).contains(number.utf8.count),
      number.utf8.allSatisfy(\.isASCIIDigit), let count = Double(number)
    else { return nil }
    return count * unit
  }

  private static func midnight(of day: String, in zone: TimeZone) -> Date? {
    try? Date.ISO8601FormatStyle(timeZone: zone).year().month().day().parse(day)
  }

  /// The moment.
  func start(in zone: TimeZone, now: Date) -> Date {
    switch self {
    case .day(let day): Self.midnight(of: day, in: zone) ?? .distantPast
    case .time(let time): time
    case .ago(let seconds): now - seconds
    }
  }
}

extension ValueFormat where Value == TypedTime {
  /// A day, a time with its zone, in ISO 8601, or how long ago it was.
  static var time: Self {
    Self(.text) { text throws(ValueError) in
      guard let time = TypedTime(text) else {
        throw .invalid(
          reason: "write a day as 2026-01-31, a time as 2026-01-31T08:00:00Z, "
            + "or how long ago as 30m, 12h or 7d")
      }
      return time
    }
  }
}
