/// Helpers of the readers for bytes that should be UTF-8.
enum UTF8Text {
  /// Whether the eight bytes at a position exist and are all ASCII that stands for itself in a JSON
  /// string.
  ///
  /// DEL is excluded too, for the writer. A byte after an excluded one may count as excluded, which
  /// only costs a second look.
  ///
  /// For each condition, a byte that meets it becomes zero, and subtracting then borrows into its
  /// high bit.
  @inline(__always)
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    guard bytes.count - position >= 8 else { return false }
    let word = UnsafeRawBufferPointer(bytes)
      .loadUnaligned(fromByteOffset: position, as: UInt64.self)
    let each: UInt64 = 0x0101_0101_0101_0101
    let control = word &- each &* 0x20
    let quote = (word ^ each &* 0x22) &- each
    let backslash = (word ^ each &* 0x5C) &- each
    let delete = (word ^ each &* 0x7F) &- each
    return (word | control | quote | backslash | delete) & (each &* 0x80) == 0
  }

  /// The position of the first sequence that is not UTF-8; `nil` if there is none.
  static func firstInvalidByte<Bytes: RandomAccessCollection<UInt8>>(
    in bytes: Bytes
  ) -> Bytes.Index? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): bytes.formIndex(&position, offsetBy: scalar.count)
      case .error: return position
      case .emptyInput: return nil
      }
    }
  }

  /// The character at a position; `nil` if it is not UTF-8.
  static func scalar<Bytes: Collection<UInt8>>(
    in bytes: Bytes, at position: Bytes.Index
  ) -> Unicode.Scalar? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes[position...].makeIterator()
    guard case .valid(let scalar) = parser.parseScalar(from: &iterator) else { return nil }
    return UTF8.decode(scalar)
  }

}

extension String {
  /// Calls a closure with the text's bytes.
  ///
  /// Unlike `withUTF8`, this does not copy the text to make it contiguous, unless it is bridged.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return copy.withUTF8(body)
  }
}
