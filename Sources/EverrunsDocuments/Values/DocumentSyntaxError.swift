import Messages

/// Why a JSON or YAML text cannot be read, and where.
public struct DocumentSyntaxError: Error, Sendable, Hashable {
  /// What is wrong with the text.
  package enum Kind: Sendable, Hashable {
    /// There is no value in the text.
    case emptyDocument
    /// The text has more bytes than are read.
    case tooManyBytes(limit: Int)
    /// Arrays and objects nest deeper than is read.
    case tooDeep(limit: Int)
    /// The text holds more values than are read.
    case tooManyValues(limit: Int)
    /// A byte that cannot stand there in UTF-8.
    case invalidUTF8(byte: UInt8)
    /// Something else should stand here.
    case unexpectedCharacter(Unicode.Scalar, expected: Expectation)
    /// The text ends inside of something that began at a place.
    case unexpectedEnd(in: Construct, from: SourcePlace)
    /// More follows the document's one value.
    case trailingContent
    /// A control character that must be written as an escape.
    case controlCharacter(Unicode.Scalar)
    /// A backslash before something that is no escape; both as written.
    case invalidEscape(String)
    /// One half of a surrogate pair without the other, as written.
    case unpairedSurrogate(String)
    /// Something like a number that is none in JSON.
    case invalidNumber(String)
    /// A bare word other than `true`, `false` and `null`.
    case invalidLiteral(String)
    /// A key that its object has already; `first` where that is known.
    case duplicateKey(String, first: SourcePlace?)
    /// What a YAML parser says.
    case yamlSyntax(String)
    /// A plain YAML value that begins with a character kept for other uses.
    case reservedIndicator(Unicode.Scalar)
    /// More than one YAML document.
    case severalDocuments
    /// A YAML key that is no string; its text if it is a scalar.
    case keyNotString(String?)
    /// YAML's `<<`, which merges mappings in some readers and is a plain key in others.
    case mergeKey
    /// A plain YAML scalar that readers take for values of different types.
    case ambiguousScalar(String, ScalarAmbiguity)
    /// A plain YAML scalar that is a number, in a form that JSON does not have; `decimal` is the form
    /// that it has.
    case numberNotInJSON(String, decimal: String?)
    /// A character that ends a line in YAML 1.1 and not in YAML 1.2.
    case ambiguousLineBreak(Unicode.Scalar)
    /// A YAML key that is too long to stand in front of a colon.
    case keyTooLong(limit: Int)
    /// The character U+0000, which a store cannot hold.
    case nul
    /// A YAML tag for which JSON has no type.
    case unsupportedTag(String)
    /// A YAML scalar that is not what its tag says.
    case tagMismatch(tag: String, text: String)
    /// A YAML alias whose anchor does not stand before it.
    case undefinedAlias(String)
    /// YAML aliases that repeat more than is read.
    case aliasesTooLarge
  }

  /// What JSON's grammar allows at a place.
  package enum Expectation: String, Sendable, Hashable {
    /// Any value.
    case value = "a value"
    /// The first element of an array, or its end.
    case valueOrArrayEnd = "a value or ']'"
    /// The key after a comma.
    case key = "a key in double quotes"
    /// The first key of an object, or its end.
    case keyOrObjectEnd = "a key in double quotes or '}'"
    /// What separates a key from its value.
    case colon = "':'"
    /// What follows an element.
    case commaOrArrayEnd = "',' or ']'"
    /// What follows a member.
    case commaOrObjectEnd = "',' or '}'"
  }

  /// What a text can end inside of.
  package enum Construct: String, Sendable, Hashable {
    /// A string without its closing quote.
    case string
    /// An array without its closing bracket.
    case array
    /// An object without its closing brace.
    case object
  }

  /// What is wrong.
  package let kind: Kind
  /// Where, in the text.
  public let place: SourcePlace

  /// An error of a kind at a place.
  package init(_ kind: Kind, at place: SourcePlace) {
    self.kind = kind
    self.place = place
  }
}

extension DocumentSyntaxError {
  /// The error about the first U+0000 of a text in UTF-8; `nil` if there is none.
  package init?(nulIn bytes: [UInt8]) {
    guard let position = bytes.firstIndex(of: 0) else { return nil }
    self.init(.nul, at: bytes.withUnsafeBufferPointer { UTF8Text.place(of: position, in: $0) })
  }
}

// MARK: - Wording

extension DocumentSyntaxError {
  /// What is wrong, as one clause without the file and the place.
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
    case .reservedIndicator("\t"): "a tab cannot indent"
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
    case .undefinedAlias(let name): "no anchor \(("&" + name).quoted) stands before this alias"
    case .aliasesTooLarge: "the aliases of the document repeat too much of it"
    }
  }

  /// What to do about it, as one clause; `nil` where the message says enough.
  public var hint: String? {
    switch kind {
    case .unexpectedCharacter("]", .value), .unexpectedCharacter("}", .key):
      "remove the comma before it"
    case .unexpectedCharacter("'", _): "strings stand in double quotes"
    case .unexpectedCharacter("/", _), .unexpectedCharacter("#", _): "JSON has no comments"
    case .controlCharacter("\n"): "write a line break inside of a string as \\n"
    case .controlCharacter(let scalar):
      "inside of a string in double quotes, write it as \(scalar.escaped)"
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
    case .mergeKey: "write the members out, or put '<<' in quotes if it is a key"
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
      ? "write it as '\(word)'" : "strings stand in double quotes"
  }
}

extension SourcePlace {
  fileprivate var words: String { "line \(line), column \(column)" }
}
