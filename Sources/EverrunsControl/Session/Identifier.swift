import Foundation
import Wording

/// Makes ids for new rows.
enum Identifier {
  /// A UUID of version 7, which sorts by the time it was made: RFC 9562, section 5.7.
  static func version7(at time: Date) -> String {
    let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    for index in 0..<6 {
      bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * index))
    }
    bytes[6] = 0x70 | (bytes[6] & 0x0F)
    bytes[8] = 0x80 | (bytes[8] & 0x3F)
    let digits = Array("0123456789abcdef".utf8)
    let hex = bytes.enumerated().flatMap { index, byte in
      ([4, 6, 8, 10].contains(index) ? [UInt8(ascii: "-")] : [])
        + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: hex, as: UTF8.self)
  }
}

/// Writes times.
enum Timestamp {
  /// A time in ISO 8601, UTC, to the second: `2026-01-31T08:00:00Z`.
  static func utc(_ time: Date) -> String {
    time.formatted(.iso8601)
  }

  /// A stored time as people read it where they are: `2026-01-31 09:00:00 +0100`.
  ///
  /// What is no time is shown as it is.
  static func local(_ text: String, in zone: TimeZone) -> String {
    guard let time = try? Date(text, strategy: .iso8601) else { return text }
    let style = Date.VerbatimFormatStyle(
      format: """
        \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits) \(timeZone: .iso8601(.short))
        """, timeZone: zone, calendar: Calendar(identifier: .gregorian))
    return time.formatted(style)
  }
}

extension String {
  /// The word as a shell would have to be given it.
  var shellQuoted: String {
    let harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,"
    guard isEmpty || contains(where: { !harmless.contains($0) }) else { return self }
    guard unicodeScalars.contains(where: \.actsOnTerminal) else {
      return "'" + replacing("'", with: "'\\''") + "'"
    }
    // A raw control character must not be shown. These quotes are in POSIX since 2024, section
    // 2.2.4 of "Shell Command Language", and in bash, zsh and ksh for long.
    return "$'" + unicodeScalars.map(\.inANSIQuotes).joined() + "'"
  }
}

extension Unicode.Scalar {
  /// The character between `$'` and `'`.
  fileprivate var inANSIQuotes: String {
    switch self {
    case "'", "\\": "\\" + String(self)
    case _ where actsOnTerminal:
      // Octal, since a shell may take any number of digits after \x.
      String(self).utf8.map { byte in
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }.joined()
    default: String(self)
    }
  }
}
