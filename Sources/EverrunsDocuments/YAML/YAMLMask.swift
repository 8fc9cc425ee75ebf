/// The text that Yams gets: as it is, but for characters that Yams must not see.
///
/// - `*`, so that what would be an alias is a plain scalar. Resolving aliases itself, Yams would
///   share their nodes, but hash a shared key as often as the text repeats it, which is
///   exponentially often in ten lines; and free them recursively, 100,000 levels deep if each alias
///   is in the next one's anchor.
/// - U+FEFF, which Yams loses at the start of a scalar. (One written as an escape still gets lost.)
///
/// Each has another character in its place, so that lines and columns stay: a noncharacter that the
/// text does not contain.
struct YAMLMask: Sendable {
  let text: String
  /// What stands for `*`; `nil` if nothing is masked.
  let alias: Unicode.Scalar?
  private let byteOrderMark: Unicode.Scalar?

  private static let byteOrderMarkBytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The mask of a text in UTF-8; `nil` if it has too many noncharacters of its own.
  init?(_ bytes: [UInt8]) {
    guard bytes.contains(where: { $0 == UInt8(ascii: "*") || $0 == 0xEF }) else {
      text = String(decoding: bytes, as: UTF8.self)
      alias = nil
      byteOrderMark = nil
      return
    }
    let unused = Self.unusedNoncharacters(in: bytes)
    guard unused.count >= 2 else { return nil }
    let marks = unused.map { Array(String($0).utf8) }
    var masked: [UInt8] = []
    masked.reserveCapacity(bytes.count + 1024)
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "*"):
        masked += marks[0]
        index += 1
      case 0xEF where bytes[index...].starts(with: Self.byteOrderMarkBytes):
        masked += marks[1]
        index += 3
      case let byte:
        masked.append(byte)
        index += 1
      }
    }
    text = String(decoding: masked, as: UTF8.self)
    alias = unused[0]
    byteOrderMark = unused[1]
  }

  /// A part of the text as it was before.
  func removed(from part: String) -> String {
    // Both marks are three bytes, of which the first is EF.
    guard alias != nil, part.utf8.contains(0xEF) else { return part }
    var result = String.UnicodeScalarView()
    for scalar in part.unicodeScalars {
      result.append(scalar == alias ? "*" : scalar == byteOrderMark ? "\u{FEFF}" : scalar)
    }
    return String(result)
  }

  /// Those of the 32 noncharacters U+FDD0...U+FDEF that a text has neither raw nor escaped.
  private static func unusedNoncharacters(in bytes: [UInt8]) -> [Unicode.Scalar] {
    let range: ClosedRange<UInt32> = 0xFDD0...0xFDEF
    var used: Set<UInt32> = []
    for index in bytes.indices {
      switch bytes[index] {
      case 0xEF:
        let scalar = UTF8Text.scalar(in: bytes, at: index)
        if let scalar, range.contains(scalar.value) { used.insert(scalar.value) }
      case UInt8(ascii: "f"), UInt8(ascii: "F"):
        let next = bytes[index...].dropFirst().first
        guard next == UInt8(ascii: "d") || next == UInt8(ascii: "D") else { continue }
        let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        if let value = UInt32(digits, radix: 16), range.contains(value) { used.insert(value) }
      default: break
      }
    }
    return range.filter { !used.contains($0) }.compactMap { Unicode.Scalar($0) }
  }
}
