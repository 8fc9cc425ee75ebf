import EverrunsDocuments

/// The SQL of one kind of database.
///
/// A statement of a test is the same for every kind, except for `{true}`, `{false}`, `{tags a b}`
/// and `{id name}`: the id of a row that a test gives a name of at most 16 ASCII characters.
package enum SQLDialect: Sendable {
  case sqlite
  case postgreSQL

  /// The statement without placeholders.
  package func statement(_ text: String) -> String {
    text.replacing("{true}", with: self == .sqlite ? "1" : "true")
      .replacing("{false}", with: self == .sqlite ? "0" : "false")
      .replacing(/\{tags ?([^{}]*)\}/) {
        literal(tags($0.output.1.split(separator: " ").map(String.init)))
      }
      .replacing(/\{id ([^{}]+)\}/) { literal(id(String($0.output.1))) }
  }

  private func tags(_ tags: [String]) -> String {
    switch self {
    case .sqlite: JSONValue.strings(tags).canonicalJSON
    case .postgreSQL: "{\(tags.map { "\"\($0)\"" }.joined(separator: ","))}"
    }
  }

  /// A text as part of a statement; `nil` is NULL.
  package func literal(_ text: String?) -> String {
    text.map { "'\($0.replacing("'", with: "''"))'" } ?? "NULL"
  }

  // MARK: Ids

  /// The id of a row that a test gives a name.
  ///
  /// Where ids are UUIDs, its bytes are those of the name, so that ids sort like names.
  package func id(_ name: String) -> String {
    guard self == .postgreSQL else { return name }
    var digits = name.utf8.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    digits += String(repeating: "0", count: Swift.max(0, 32 - digits.count))
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return (parts + [rest]).joined(separator: "-")
  }

  /// The text with the names that ``id(_:)`` was called with in place of ids.
  package func naming(_ text: String) -> String {
    guard self == .postgreSQL else { return text }
    return text.replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) { id in
      let digits = Array(id.output.0.replacing("-", with: ""))
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
      }
      let name = bytes.prefix { $0 != 0 }
      // An id that is none of ours begins with a time, or with zeros.
      let isName =
        name.allSatisfy { (32..<127).contains($0) } && !name.isEmpty
        && bytes.dropFirst(name.count).allSatisfy { $0 == 0 }
      return isName ? String(decoding: name, as: UTF8.self) : String(id.output.0)
    }
  }
}
