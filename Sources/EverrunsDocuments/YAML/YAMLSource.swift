import Yams

/// The bytes of a YAML text, and what must be known of them before and after Yams reads them.
struct YAMLSource: Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func place(of position: Int) -> SourcePlace {
    bytes.withUnsafeBufferPointer { UTF8Text.place(of: position, in: $0) }
  }
}

// MARK: - Before parsing

extension YAMLSource {
  func checkEncoding() throws(DocumentSyntaxError) {
    guard String(validating: bytes, as: UTF8.self) == nil,
      let position = UTF8Text.firstInvalidByte(in: bytes)
    else { return }
    throw DocumentSyntaxError(.invalidUTF8(byte: bytes[position]), at: place(of: position))
  }

  /// Refuses what ends a line in YAML 1.1 and not in YAML 1.2 (section 5.4): no reader of the one
  /// sees the text that a reader of the other sees.
  func checkLineBreaks() throws(DocumentSyntaxError) {
    for position in bytes.indices where bytes[position] == 0xC2 || bytes[position] == 0xE2 {
      guard let scalar = UTF8Text.scalar(in: bytes, at: position) else { continue }
      switch scalar {
      case "\u{85}", "\u{2028}", "\u{2029}":
        throw DocumentSyntaxError(.ambiguousLineBreak(scalar), at: place(of: position))
      default: break
      }
    }
  }

  /// Refuses keys that are too long for their short form (YAML 1.2, section 7.4.2).
  func checkKeys(_ tokens: [YAMLToken]) throws(DocumentSyntaxError) {
    let limit = 1024
    for token in tokens where token.isKey && token.range.count > limit {
      guard String(decoding: bytes[token.range], as: UTF8.self).unicodeScalars.count > limit else {
        continue
      }
      throw DocumentSyntaxError(
        .keyTooLong(limit: limit), at: place(of: token.range.lowerBound))
    }
  }

  /// Whether the text could nest deeper than any stack takes: each level needs one of these
  /// characters.
  var canNestDeeply: Bool {
    var count = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "-"), UInt8(ascii: "?"),
        UInt8(ascii: ":"):
        count += 1
        if count > 2 * DocumentLimits.depth { return true }
      default: break
      }
    }
    return false
  }

  /// Refuses `? ` nested in `? ` nested in `? `.
  ///
  /// Yams compares the keys of each mapping by hashing them with all that is in them, before
  /// anybody can say that a key must be a string. Where keys nest in keys, the innermost is hashed
  /// once a level, so their levels have to be few. In a block each level has a column of its own;
  /// in brackets one begins with a bracket, or what may stand before it. Texts other than attacks
  /// have next to none.
  func checkExplicitKeys() throws(DocumentSyntaxError) {
    let limit = 16
    var columns: Set<Int> = []
    var inBrackets = 0
    var lineStart = 0
    var isBeforeContent = true
    var previous: UInt8 = 0
    for (position, byte) in bytes.enumerated() {
      if byte.mayEndLine {
        lineStart = position + 1
        isBeforeContent = true
        continue
      }
      if byte.isBlank { continue }
      if byte == UInt8(ascii: "?"), position + 1 == bytes.count || bytes[position + 1].isBlank {
        if isBeforeContent { columns.insert(position - lineStart) }
        let next = bytes[(position + 1)...].first { !$0.isBlank }
        if previous.precedesFlowKey, next?.canOpenFlowKey == true { inBrackets += 1 }
        if columns.count + inBrackets > limit {
          throw DocumentSyntaxError(.keyNotString(nil), at: place(of: position))
        }
      }
      isBeforeContent = isBeforeContent && byte.isBlockIndicator
      previous = byte
    }
  }
}

// MARK: - After an error

extension YAMLSource {
  /// An error of Yams in our words.
  func error(_ error: YamlError, _ mask: YAMLMask) -> DocumentSyntaxError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return self.error(problem, context, at: mask.original(SourcePlace(mark)), mask)
    case .reader:
      return unprintableCharacter
    case .duplicatedKeysInMapping(let keys, let context):
      let key = mask.removed(from: keys.first ?? "")
      return DocumentSyntaxError(
        .duplicateKey(key, first: nil), at: mask.original(SourcePlace(context.mark)))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return DocumentSyntaxError(.yamlSyntax("the text cannot be parsed"), at: .start)
    }
  }

  private func error(
    _ problem: String, _ context: YamlError.Context?, at place: SourcePlace, _ mask: YAMLMask
  ) -> DocumentSyntaxError {
    let start = context.map { mask.original(SourcePlace($0.mark)) }
    switch (problem, context?.text) {
    case ("but found another document", _):
      return DocumentSyntaxError(.severalDocuments, at: place)
    case ("did not find expected <document start>", _):
      return DocumentSyntaxError(.trailingContent, at: place)
    case ("found unexpected end of stream", "while scanning a quoted scalar"?):
      return DocumentSyntaxError(.unexpectedEnd(in: .string, from: start ?? place), at: place)
    case ("found character that cannot start any token", _):
      let scalar = position(of: place).flatMap { UTF8Text.scalar(in: bytes, at: $0) }
      return DocumentSyntaxError(.reservedIndicator(scalar ?? "\u{FFFD}"), at: place)
    case ("mapping values are not allowed in this context", _):
      let text = "a mapping cannot begin here; text with ': ' in it needs quotes"
      return DocumentSyntaxError(.yamlSyntax(text), at: place)
    default: break
    }
    if problem.hasPrefix("Maximum nesting level") {
      return DocumentSyntaxError(.tooDeep(limit: DocumentLimits.depth), at: place)
    }
    var text = Self.betterWords[problem] ?? problem
    for prefix in ["did not find expected ", "could not find expected "]
    where text.hasPrefix(prefix) {
      text = "expected " + text.dropFirst(prefix.count)
    }
    if let context, let start {
      text += " " + (Self.betterWords[context.text] ?? context.text)
      if start != place { text += " begun at line \(start.line), column \(start.column)" }
    }
    return DocumentSyntaxError(.yamlSyntax(text), at: place)
  }

  private static let betterWords = [
    "did not find expected key": "expected a key",
    "did not find expected node content": "expected a value",
    "did not find expected '-' indicator": "expected '-'",
    "while scanning a simple key": "after the key",
    "did not find expected hexdecimal number": "expected a hexadecimal number",
    "found a tab character where an indentation space is expected":
      "a tab cannot be used for indentation",
    "found a tab character that violates indentation": "a tab cannot be used for indentation",
    "block sequence entries are not allowed in this context": "a list cannot begin here",
  ]

  /// What YAML's reader stops at, wherever it stands: Yams does not say where reliably.
  private var unprintableCharacter: DocumentSyntaxError {
    var position = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if !scalar.isYAMLPrintable {
        let kind: DocumentSyntaxError.Kind = scalar == "\0" ? .nul : .controlCharacter(scalar)
        return DocumentSyntaxError(kind, at: place(of: position))
      }
      position += UTF8.width(scalar)
    }
    return DocumentSyntaxError(.yamlSyntax("the text cannot be parsed"), at: .start)
  }

  /// The byte at a place.
  private func position(of place: SourcePlace) -> Int? {
    var position = 0
    for _ in 1..<place.line {
      guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      position = end + 1
    }
    var column = 1
    while position < bytes.count, column < place.column || bytes[position] & 0xC0 == 0x80 {
      position += 1
      if position < bytes.count, bytes[position] & 0xC0 != 0x80 { column += 1 }
    }
    return position < bytes.count ? position : nil
  }
}

extension UInt8 {
  /// Whether the byte is, or ends, one of YAML 1.1's line breaks: NEL, LS and PS are some.
  fileprivate var mayEndLine: Bool {
    switch self {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x85, 0xA8, 0xA9: true
    default: false
    }
  }

  /// Whether the byte is a blank, or part of a line break, or may begin one.
  fileprivate var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || mayEndLine || self == 0xC2
      || self == 0xE2
  }

  fileprivate var isBlockIndicator: Bool {
    self == UInt8(ascii: "-") || self == UInt8(ascii: "?") || self == UInt8(ascii: ":")
  }

  fileprivate var precedesFlowKey: Bool {
    self == UInt8(ascii: "[") || self == UInt8(ascii: "{") || self == UInt8(ascii: ",")
  }

  /// Whether a key that is a collection can begin so: with its bracket, properties or a comment.
  fileprivate var canOpenFlowKey: Bool {
    switch self {
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "&"), UInt8(ascii: "!"),
      UInt8(ascii: "#"):
      true
    default: false
    }
  }
}
