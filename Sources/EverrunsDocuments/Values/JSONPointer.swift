/// A path to a value in a JSON document: RFC 6901.
public struct JSONPointer: Sendable, Hashable {
  /// The keys and indexes from the top, as text; empty for the whole document.
  public let tokens: [String]

  /// Creates a pointer.
  public init(_ tokens: [String] = []) {
    self.tokens = tokens
  }

  /// Parses a pointer.
  ///
  /// - Returns: `nil` if the text neither is empty nor begins with a slash, or has an invalid `~`
  ///   escape.
  public init?(_ text: String) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.first?.isEmpty == true else { return nil }
    var tokens: [String] = []
    for part in parts.dropFirst() {
      guard let token = Self.unescaped(part) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  /// Whether both have the same tokens, code point by code point: RFC 6901, section 4.
  public static func == (a: JSONPointer, b: JSONPointer) -> Bool {
    a.tokens.count == b.tokens.count && a.isPrefix(of: b)
  }

  private func isPrefix(of other: JSONPointer) -> Bool {
    zip(tokens, other.tokens).allSatisfy { $0.hasSameBytes(as: $1) }
  }

  /// The pointer extended by a token.
  func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// The pointer up to and including the token at a position.
  func upTo(_ position: Int) -> JSONPointer { JSONPointer(Array(tokens[...position])) }

  /// The pointer extended by an index.
  func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// Whether the other pointer leads into the value of this one.
  func contains(_ other: JSONPointer) -> Bool {
    other.tokens.count > tokens.count && isPrefix(of: other)
  }

  /// A key, escaped for a pointer.
  ///
  /// RFC 6901, section 3: `~` is written `~0` and `/` is written `~1`.
  static func escaped(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return key
    }
    // By scalars: a combining mark after a slash forms one character with it.
    var result = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": result += "~0"
      case "/": result += "~1"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func unescaped(_ part: Substring.UnicodeScalarView) -> String? {
    var result = String.UnicodeScalarView()
    var isEscape = false
    for scalar in part {
      switch (isEscape, scalar) {
      case (false, "~"): isEscape = true
      case (false, _): result.append(scalar)
      case (true, "0"):
        result.append("~")
        isEscape = false
      case (true, "1"):
        result.append("/")
        isEscape = false
      case (true, _): return nil
      }
    }
    return isEscape ? nil : String(result)
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as text: `/built_in_harnesses/2/parent`.
  public var description: String { tokens.map { "/" + Self.escaped($0) }.joined() }
}
