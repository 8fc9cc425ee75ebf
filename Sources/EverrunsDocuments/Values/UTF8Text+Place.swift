extension UTF8Text {
  /// The position of a byte, with lines ending at a line feed as in JSON and YAML.
  static func place(of position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> SourcePlace {
    let before = bytes[..<position]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = bytes[start..<position].count { $0 & 0xC0 != 0x80 } + 1
    return SourcePlace(line: line, column: column)
  }
}
