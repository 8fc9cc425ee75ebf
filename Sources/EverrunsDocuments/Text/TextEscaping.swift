import Messages

/// The characters that are escaped in double quotes.
enum TextEscaping {
  /// Those that JSON requires.
  case required
  /// In addition, those that are unsafe on a terminal.
  case unsafe
  /// In addition, those that YAML's double quotes do not allow.
  case yaml

  /// Whether to escape a character although JSON does not require it.
  fileprivate func includes(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .required: false
    case .unsafe: scalar.actsOnTerminal
    case .yaml: scalar.needsEscapeInYAML
    }
  }

  /// Whether a byte can begin a character that is included: DEL is one byte, C1 begins with C2,
  /// the Arabic letter mark with D8, line separators and the other marks of direction with E2,
  /// noncharacters with EF.
  @inline(__always)
  fileprivate func mayInclude(_ byte: UInt8) -> Bool {
    guard self != .required else { return false }
    return byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF
  }
}

extension [UInt8] {
  /// Appends a text in double quotes, with escapes that are valid in both JSON and YAML.
  mutating func appendQuoted(_ text: String, escaping: TextEscaping) {
    append(UInt8(ascii: "\""))
    text.withBytes { utf8 in
      var run = 0
      var index = 0
      while index < utf8.count {
        if UTF8Text.isPlain(utf8, at: index) {
          index += 8
          continue
        }
        let byte = utf8[index]
        let isRequired = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        guard isRequired || escaping.mayInclude(byte),
          let scalar = UTF8Text.scalar(in: utf8, at: index), isRequired || escaping.includes(scalar)
        else {
          index += 1
          continue
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run..<index]))
        appendEscape(of: scalar)
        index += UTF8.width(scalar)
        run = index
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run...]))
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(of scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append(contentsOf: #"\""#.utf8)
    case "\\": append(contentsOf: #"\\"#.utf8)
    default: append(contentsOf: scalar.escaped.utf8)
    }
  }
}
