/// Writes JSON values as YAML that every reader interprets in the same way, YAML 1.1 or 1.2.
///
/// Keys keep their order and numbers their digits. Multiline text is a literal block; text that
/// some reader would interpret differently is in double quotes; no line is folded. Characters that
/// could move a terminal's cursor or reorder a line are escaped.
package struct YAMLWriter: PiecewiseWriter {
  /// The text so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  init() {}

  /// The text of a value, with a trailing newline.
  package static func write(_ value: JSONValue) -> String {
    var writer = YAMLWriter()
    switch value {
    case .object(let object) where !object.isEmpty: writer.write(object.members, column: 0)
    case .array(let elements) where !elements.isEmpty: writer.write(elements, column: 0)
    case .string(let text): writer.writeOnOneLine(text, breaking: true)
    case .null, .bool, .number, .array, .object: writer.writeScalar(value, column: 0)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A value without the line break behind it, as it stands where its first line is begun at a
  /// column: the members or items of a collection, or a scalar behind the sign of an entry at the
  /// column.
  static func fragment(_ value: JSONValue, column: Int) -> [UInt8] {
    var writer = YAMLWriter()
    switch value {
    case .object(let object) where !object.isEmpty: writer.write(object.members, column: column)
    case .array(let elements) where !elements.isEmpty: writer.write(elements, column: column)
    case .null, .bool, .number, .string, .array, .object:
      writer.writeScalar(value, column: column)
    }
    return writer.bytes.dropLast()
  }

  /// A scalar or an empty collection in one line.
  static func inline(_ value: JSONValue) -> [UInt8] {
    var writer = YAMLWriter()
    if case .string(let text) = value {
      writer.writeOnOneLine(text, breaking: false)
      return writer.bytes
    }
    writer.writeScalar(value, column: 0)
    return writer.bytes.dropLast()
  }

  // MARK: In pieces

  package mutating func writeStart(of object: JSONObject, before key: String) {
    write(object.members, column: 0)
    writeKey(key, column: 0)
    append(":")
  }

  package mutating func writeElement(_ value: JSONValue, isFirst: Bool) {
    if isFirst { append("\n") }
    indent(to: 2)
    write([value], column: 2)
  }

  package mutating func writeEnd(of object: JSONObject, afterElements: Bool) {
    if !afterElements { append(" []\n") }
    write(object.members, column: 0)
  }

  package mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll() }
    return bytes
  }

  // MARK: Collections

  /// Writes the members of a mapping in lines at a column, the first of which has been begun.
  private mutating func write(_ members: [JSONObject.Member], column: Int) {
    for index in members.indices {
      if index > 0 { indent(to: column) }
      writeKey(members[index].key, column: column)
      append(":")
      switch members[index].value {
      case .object(let object) where !object.isEmpty:
        append("\n")
        indent(to: column + 2)
        write(object.members, column: column + 2)
      case .array(let elements) where !elements.isEmpty:
        append("\n")
        indent(to: column + 2)
        write(elements, column: column + 2)
      case let value:
        append(" ")
        writeScalar(value, column: column)
      }
    }
  }

  private mutating func write(_ elements: [JSONValue], column: Int) {
    for index in elements.indices {
      if index > 0 { indent(to: column) }
      append("- ")
      switch elements[index] {
      case .object(let object) where !object.isEmpty:
        write(object.members, column: column + 2)
      case .array(let elements) where !elements.isEmpty:
        write(elements, column: column + 2)
      case let value:
        writeScalar(value, column: column)
      }
    }
  }

  private mutating func writeKey(_ key: String, column: Int) {
    // A key of more than 1024 characters must be announced (YAML 1.2, section 7.4.3).
    if key.utf8.count > 500 {
      append("? ")
      writeOnOneLine(key, breaking: true)
      indent(to: column)
    } else {
      writeOnOneLine(key, breaking: false)
    }
  }

  // MARK: Scalars

  /// Writes what fits after `key: ` or `- ` of a collection at a column, with the line break.
  private mutating func writeScalar(_ value: JSONValue, column: Int) {
    switch value {
    case .null: append("null\n")
    case .bool(true): append("true\n")
    case .bool(false): append("false\n")
    case .number(let number):
      // Without its type, YAML 1.1 takes such a number for text.
      if !number.isNumberInYAML11 { append("!!float ") }
      append(number.literal)
      append("\n")
    case .string(let text):
      if text.canBeYAMLBlock {
        writeBlock(text, column: column + 2)
      } else {
        writeOnOneLine(text, breaking: true)
      }
    case .array: append("[]\n")
    case .object: append("{}\n")
    }
  }

  /// Writes a literal block.
  ///
  /// Its header says how it is indented where the text's own blanks would mislead, and by `-`,
  /// nothing or `+` that it ends in no, one or more line breaks.
  private mutating func writeBlock(_ content: String, column: Int) {
    let lines = content.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    append("|")
    let firstByte = lines.first { !$0.isEmpty }?.first
    if firstByte == UInt8(ascii: " ") || firstByte == UInt8(ascii: "\t") { append("2") }
    let endings = lines.reversed().prefix { $0.isEmpty }.count
    append(endings == 0 ? "-\n" : endings == 1 ? "\n" : "+\n")
    // After the last line break there is an empty line, which is not the text's.
    for line in endings == 0 ? lines[...] : lines.dropLast() {
      if !line.isEmpty { indent(to: column) }
      bytes.append(contentsOf: line)
      append("\n")
    }
  }

  private mutating func writeOnOneLine(_ content: String, breaking: Bool) {
    if content.canBePlainYAML {
      append(content)
    } else {
      bytes.appendQuoted(content, escaping: .yaml)
    }
    if breaking { append("\n") }
  }

  private mutating func append(_ string: String) {
    bytes.append(contentsOf: string.utf8)
  }

  private mutating func indent(to column: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
  }
}

extension String {
  /// Whether the text comes back the same from a literal block, and reads better so.
  var canBeYAMLBlock: Bool {
    utf8.contains(UInt8(ascii: "\n"))
      && utf8.contains { $0 != UInt8(ascii: "\n") }
      && unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || !$0.needsQuotesInYAML }
  }

  /// Whether every reader takes the unquoted text for this very string.
  ///
  /// Conservative: may answer false for text that is safe unquoted.
  var canBePlainYAML: Bool {
    guard let first = unicodeScalars.first,
      first.isASCIILetter || first.value >= 0xA0 || first == "_" || first == "/",
      utf8.last != UInt8(ascii: " "), utf8.last != UInt8(ascii: ":"),
      utf8.count > 8 || !Self.wordsWithMeaning.contains(lowercased())
    else { return false }
    var previous = first
    for scalar in unicodeScalars {
      if scalar.needsQuotesInYAML { return false }
      if previous == ":" && scalar == " " || previous == " " && scalar == "#" { return false }
      previous = scalar
    }
    return true
  }

  /// Words that are not strings in YAML 1.1 or 1.2, in any letter case, and begin with a letter.
  private static let wordsWithMeaning: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
  ]
}

extension Unicode.Scalar {
  /// Whether the character must be in quotes: those, and U+FEFF, which is read differently
  /// outside of quotes.
  ///
  /// In quotes it stands raw: `YAMLMask` says why.
  fileprivate var needsQuotesInYAML: Bool { needsEscapeInYAML || value == 0xFEFF }

  fileprivate var isASCIILetter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }
}
