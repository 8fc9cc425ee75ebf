import Messages

/// A JSON or YAML text cannot be read.
public struct DocumentSyntaxError: Error, Sendable, Hashable {
  /// The kinds of errors.
  package enum Kind: Sendable, Hashable {
    /// There is no value in the text.
    case emptyDocument
    /// The text exceeds the size limit.
    case tooManyBytes(limit: Int)
    /// Arrays and objects exceed the depth limit.
    case tooDeep(limit: Int)
    /// The text exceeds the limit on the number of values.
    case tooManyValues(limit: Int)
    /// An invalid byte in UTF-8.
    case invalidUTF8(byte: UInt8)
    /// Something else is expected here.
    case unexpectedCharacter(Unicode.Scalar, expected: Expectation)
    /// The text ends inside a value.
    case unexpectedEnd(in: Construct, from: SourcePlace)
    /// There is more text after the document's value.
    case trailingContent
    /// A control character that must be written as an escape.
    case controlCharacter(Unicode.Scalar)
    /// A backslash that does not begin a valid escape; both as written.
    case invalidEscape(String)
    /// An unpaired surrogate, as written.
    case unpairedSurrogate(String)
    /// An invalid number.
    case invalidNumber(String)
    /// A bare word other than `true`, `false` and `null`.
    case invalidLiteral(String)
    /// A duplicate key; `first` is the position of the first one, if known.
    case duplicateKey(String, first: SourcePlace?)
    /// An error message of the YAML parser.
    case yamlSyntax(String)
    /// A plain YAML value that begins with a reserved character.
    case reservedIndicator(Unicode.Scalar)
    /// More than one YAML document.
    case severalDocuments
    /// A YAML key that is not a string; its text if it is a scalar.
    case keyNotString(String?)
    /// YAML's `<<`, which merges mappings in some readers and is a plain key in others.
    case mergeKey
    /// A plain YAML scalar that readers interpret as different types.
    case ambiguousScalar(String, ScalarAmbiguity)
    /// A plain YAML scalar that is a number in a form that JSON does not have; `decimal` is its
    /// form in JSON.
    case numberNotInJSON(String, decimal: String?)
    /// A character that ends a line in YAML 1.1 but not in YAML 1.2.
    case ambiguousLineBreak(Unicode.Scalar)
    /// A YAML key that is too long for its short form.
    case keyTooLong(limit: Int)
    /// The character U+0000, which a store cannot hold.
    case nul
    /// A YAML tag without a JSON type.
    case unsupportedTag(String)
    /// A YAML scalar that does not match its tag.
    case tagMismatch(tag: String, text: String)
    /// A YAML alias without an anchor before it.
    case undefinedAlias(String)
    /// YAML aliases that exceed the limit on repetition.
    case aliasesTooLarge
  }

  /// The tokens that JSON's grammar allows at a position.
  package enum Expectation: String, Sendable, Hashable {
    /// Any value.
    case value = "a value"
    /// The first element of an array, or its end.
    case valueOrArrayEnd = "a value or ']'"
    /// The key after a comma.
    case key = "a key in double quotes"
    /// The first key of an object, or its end.
    case keyOrObjectEnd = "a key in double quotes or '}'"
    /// The separator of key and value.
    case colon = "':'"
    /// What can follow an element.
    case commaOrArrayEnd = "',' or ']'"
    /// What can follow a member.
    case commaOrObjectEnd = "',' or '}'"
  }

  /// The constructs that can be unterminated.
  package enum Construct: String, Sendable, Hashable {
    /// A string without its closing quote.
    case string
    /// An array without its closing bracket.
    case array
    /// An object without its closing brace.
    case object
  }

  /// The error.
  package let kind: Kind
  /// The position in the text.
  public let place: SourcePlace

  /// Creates an error at a position.
  package init(_ kind: Kind, at place: SourcePlace) {
    self.kind = kind
    self.place = place
  }
}

extension DocumentSyntaxError {
  /// The error about the first U+0000 of a UTF-8 text; `nil` if there is none.
  package init?(nulIn bytes: [UInt8]) {
    guard let position = bytes.firstIndex(of: 0) else { return nil }
    self.init(.nul, at: bytes.withUnsafeBufferPointer { UTF8Text.place(of: position, in: $0) })
  }
}

// MARK: - Wording

extension DocumentSyntaxError {
  /// The problem, as one clause without the file and the position.
  public var message: String {
    switch kind {
    case .emptyDocument: "the document is empty"
    case .tooManyBytes(let limit): "the document is larger than \(limit >> 20) MiB"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .tooManyValues(let limit): "the document holds more than \(limit) values"
    case .invalidUTF8(let byte): "byte 0x\([byte].hexadecimal) is not valid UTF-8"
    case .unexpectedCharacter(let scalar, let expected):
      "expected \(expected.rawValue), found \(String(scalar).quoted)"
    case .unexpectedEnd(.string, let start): "the string that begins at \(start.words) has no end"
    case .unexpectedEnd(.array, let start): "the array that begins at \(start.words) has no end"
    case .unexpectedEnd(.object, let start): "the object that begins at \(start.words) has no end"
    case .trailingContent: "more text follows the end of the document"
    case .controlCharacter(let scalar): "unescaped control character \(String(scalar).quoted)"
    case .invalidEscape(let text): "\(text.quoted) is not an escape sequence"
    case .unpairedSurrogate(let text): "\(text.quoted) is one half of a surrogate pair"
    case .invalidNumber(let text): "\(text.quoted) is not a JSON number"
    case .invalidLiteral(let text): "unknown word \(text.quoted)"
    case .duplicateKey(let key, let first?):
      "duplicate key \(key.quoted), already given at \(first.words)"
    case .duplicateKey(let key, nil): "duplicate key \(key.quoted)"
    case .yamlSyntax(let text): text
    case .reservedIndicator("\t"): "a tab cannot be used for indentation"
    case .reservedIndicator(let scalar):
      "an unquoted value cannot begin with \(String(scalar).quoted)"
    case .severalDocuments: "the file holds more than one document"
    case .keyNotString(let text?): "the key \(text.quoted) is not a string"
    case .keyNotString(nil): "a key must be a string, not a list or a mapping"
    case .mergeKey: "the merge key '<<' is not supported"
    case .ambiguousScalar(let text, .boolean):
      "\(text.quoted) is a boolean to some YAML readers and text to others"
    case .ambiguousScalar(let text, .date):
      "\(text.quoted) is a date to some YAML readers and text to others"
    case .ambiguousScalar(let text, .number), .ambiguousScalar(let text, .other):
      "YAML readers disagree about \(text.quoted)"
    case .numberNotInJSON(let text, _): "JSON has no number like \(text.quoted)"
    case .ambiguousLineBreak(let scalar):
      "\(String(scalar).quoted) ends a line for some YAML readers only"
    case .keyTooLong(let limit): "a key of more than \(limit) characters needs '? ' before it"
    case .nul: "U+0000 is not allowed in a text"
    case .unsupportedTag(let tag): "unsupported tag \(tag.quoted)"
    case .tagMismatch(let tag, let text):
      "\(text.quoted) is not what its tag \(tag.quoted) says"
    case .undefinedAlias(let name): "no anchor \(("&" + name).quoted) precedes this alias"
    case .aliasesTooLarge: "the aliases expand to too much content"
    }
  }

  /// What to do about it, as one clause; `nil` if the message suffices.
  public var hint: String? {
    switch kind {
    case .unexpectedCharacter("]", .value), .unexpectedCharacter("}", .key):
      "remove the comma before it"
    case .unexpectedCharacter("'", _): "strings need double quotes"
    case .unexpectedCharacter("/", _), .unexpectedCharacter("#", _): "JSON has no comments"
    case .controlCharacter("\n"): "write a line break in a string as \\n"
    case .controlCharacter(let scalar):
      "in a string in double quotes, write it as \(scalar.escaped)"
    case .unpairedSurrogate: "write the character itself, or both halves of the pair"
    case .invalidLiteral(let text): Self.literalHint(text)
    case .invalidNumber, .ambiguousScalar(_, .number), .numberNotInJSON(_, nil):
      "write it in decimal, or put it in quotes if it is text"
    case .numberNotInJSON(_, let decimal?): "write \(decimal), or put it in quotes if it is text"
    case .ambiguousScalar(let text, .boolean):
      "write \(ScalarAmbiguity.isTrue(text) ? "true" : "false"), or put it in quotes if it is text"
    case .ambiguousScalar(_, .date), .ambiguousScalar(_, .other): "put it in quotes"
    case .ambiguousLineBreak(let scalar):
      "in double quotes, write it as \(scalar.escaped)"
    case .reservedIndicator("\t"): "indent with spaces"
    case .reservedIndicator, .keyNotString(.some): "put it in quotes"
    case .mergeKey: "write out the members, or put '<<' in quotes if it is a key"
    case .invalidUTF8: "save the file as UTF-8"
    case .emptyDocument, .tooManyBytes, .tooDeep, .tooManyValues, .unexpectedCharacter,
      .unexpectedEnd, .trailingContent, .invalidEscape, .duplicateKey, .yamlSyntax,
      .severalDocuments, .keyNotString(nil), .keyTooLong, .nul, .unsupportedTag, .tagMismatch,
      .undefinedAlias, .aliasesTooLarge:
      nil
    }
  }

  private static func literalHint(_ text: String) -> String {
    let word = text.lowercased()
    return ["true", "false", "null"].contains(word)
      ? "write it as '\(word)'" : "strings need double quotes"
  }
}

extension SourcePlace {
  fileprivate var words: String { "line \(line), column \(column)" }
}
