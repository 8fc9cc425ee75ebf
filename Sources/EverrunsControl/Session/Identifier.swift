import Foundation

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
