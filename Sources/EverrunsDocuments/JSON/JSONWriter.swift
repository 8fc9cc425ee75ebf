/// Writes JSON values as text, always the same bytes for the same value.
///
/// Keys keep their order; sort them first (`JSONValue.sortingKeys`) if needed. Numbers are written
/// as they were read.
package struct JSONWriter: Sendable, PiecewiseWriter {
  /// The layout of the text.
  package enum Style: Sendable {
    /// No whitespace, and only the escapes that JSON requires: the input of fingerprints.
    case canonical
    /// Indented by two spaces, and safe to show: characters that could move a terminal's cursor or
    /// reorder a line are escaped too.
    ///
    /// There is no final line break.
    case pretty
  }

  /// The text so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let style: Style

  private var escaping: TextEscaping {
    switch style {
    case .canonical: .required
    case .pretty: .unsafe
    }
  }

  /// Creates an empty writer.
  package init(style: Style) {
    self.style = style
  }

  /// The text of one value, in UTF-8.
  package static func bytes(of value: JSONValue, style: Style) -> [UInt8] {
    var writer = JSONWriter(style: style)
    writer.write(value)
    return writer.bytes
  }

  /// The text of one value.
  package static func string(of value: JSONValue, style: Style) -> String {
    String(decoding: bytes(of: value, style: style), as: UTF8.self)
  }

  /// Appends a value; `level` is the number of levels by which the caller's surrounding text
  /// indents it in the pretty style.
  package mutating func write(_ value: JSONValue, level: Int = 0) {
    switch value {
    case .null: append("null")
    case .bool(true): append("true")
    case .bool(false): append("false")
    case .number(let number): number.literal.withBytes { bytes.append(contentsOf: $0) }
    case .string(let text): bytes.appendQuoted(text, escaping: escaping)
    case .array(let elements): write(elements, level: level)
    case .object(let object): write(object, level: level)
    }
  }

  package mutating func writeStart(of object: JSONObject, before key: String) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in object.members.enumerated() {
      write(member, isFirst: index == 0, level: 1)
    }
    if !object.members.isEmpty { bytes.append(UInt8(ascii: ",")) }
    breakLine(level: 1)
    writeKey(key)
    bytes.append(UInt8(ascii: "["))
  }

  package mutating func writeElement(_ value: JSONValue, isFirst: Bool) {
    writeElement(value, level: 2, isFirst: isFirst)
  }

  private mutating func writeElement(_ value: JSONValue, level: Int, isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine(level: level)
    write(value, level: level)
  }

  package mutating func writeEnd(of object: JSONObject, afterElements: Bool) {
    if afterElements { breakLine(level: 1) }
    bytes.append(UInt8(ascii: "]"))
    for member in object.members {
      write(member, isFirst: false, level: 1)
    }
    breakLine(level: 0)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Removes and returns the text so far, for writing a long text in pieces.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll() }
    return bytes
  }

  private mutating func write(_ elements: [JSONValue], level: Int) {
    bytes.append(UInt8(ascii: "["))
    for index in elements.indices {
      writeElement(elements[index], level: level + 1, isFirst: index == 0)
    }
    if !elements.isEmpty { breakLine(level: level) }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSONObject, level: Int) {
    let members = object.members
    bytes.append(UInt8(ascii: "{"))
    for index in members.indices {
      write(members[index], isFirst: index == 0, level: level + 1)
    }
    if !members.isEmpty { breakLine(level: level) }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ member: JSONObject.Member, isFirst: Bool, level: Int) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine(level: level)
    writeKey(member.key)
    write(member.value, level: level)
  }

  private mutating func writeKey(_ key: String) {
    bytes.appendQuoted(key, escaping: escaping)
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func breakLine(level: Int) {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
