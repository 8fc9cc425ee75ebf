import Messages

/// The grammar of tool names, accepted by every provider: `[A-Za-z0-9_-]{1,64}`.
package enum ToolName {
  /// Whether a text is a tool's name.
  package static func accepts(_ text: String) -> Bool {
    (1...maximumLength).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
  }

  /// A valid name for a text: other characters become `_`.
  package static func sanitized(_ text: String) -> String {
    if accepts(text) { return text }
    let bytes = text.utf8.prefix(maximumLength).map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
    return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
  }

  private static let maximumLength = 64

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
