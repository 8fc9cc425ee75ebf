package import Foundation

/// A UUID of version 7, which sorts by the time of its creation: RFC 9562, section 5.7.
package struct UUIDVersion7: Sendable, Hashable {
  /// The 32 lower-case hexadecimal digits, without hyphens.
  package let digits: String

  /// A new UUID.
  ///
  /// - Parameters:
  ///   - time: The time of creation; the milliseconds since 1970 are kept, none before that.
  ///   - generator: The source of the 74 random bits.
  package init(at time: Date, using generator: inout some RandomNumberGenerator) {
    let milliseconds = (time.timeIntervalSince1970 * 1000).rounded(.down)
    // 48 bits last until the year 10889; anything else is pinned to the nearest end.
    let stamp = UInt64(exactly: min(max(milliseconds, 0), 0xFFFF_FFFF_FFFF)) ?? 0
    let high = stamp << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF, using: &generator)
    let low = 1 << 63 | UInt64.random(in: 0..<(1 << 62), using: &generator)
    digits = Self.hexadecimal(high) + Self.hexadecimal(low)
  }

  /// The UUID as text with hyphens: RFC 9562, section 4.
  package var text: String {
    var text = ""
    var rest = digits[...]
    for count in [8, 4, 4, 4] {
      text += rest.prefix(count) + "-"
      rest = rest.dropFirst(count)
    }
    return text + rest
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
