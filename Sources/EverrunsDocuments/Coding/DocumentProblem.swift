/// The problems that any kind of document can have.
package enum DocumentProblem: DiagnosticProblem {
  /// The text is not JSON or YAML.
  case syntax(DocumentSyntaxError)
  /// A value has another type than its key requires.
  case wrongType(expected: String, found: String)
  /// An object lacks a required key.
  case missingKey(String, noun: String)
  /// An object has a key that is not defined.
  case unknownKey(String, noun: String, known: [String])
  /// A string is not one of the words that its key allows.
  case invalidChoice(String, choices: [String])
  /// The document has no `format` key.
  case missingFormat(FormatVersion)
  /// The document has another format, or a newer major version.
  case unsupportedFormat(JSONValue, supported: FormatVersion)
  /// An identifier does not match its grammar.
  case invalidID(String, IdentifierGrammar)
  /// Two elements of a list have the same identifier.
  case duplicateID(String, noun: String)
  /// A string is not a JSON pointer.
  case invalidPointer(String)
  /// A document contains a credential.
  case credential
  /// The document's format is a newer minor version.
  case newerFormat(FormatVersion, known: FormatVersion)
  /// A key that the newer minor version of the document may define.
  case unknownKeyOfNewerFormat(String, FormatVersion)

  package var code: Diagnostic.Code {
    switch self {
    case .syntax, .wrongType, .missingKey, .unknownKey, .invalidChoice, .missingFormat,
      .unsupportedFormat, .invalidPointer, .credential:
      .invalidDocument
    case .invalidID: .invalidID
    case .duplicateID: .duplicateID
    case .newerFormat, .unknownKeyOfNewerFormat: .newerFormat
    }
  }
}

extension Diagnostic.Code {
  /// The document is not JSON or YAML, or does not have the shape that its format requires.
  public static let invalidDocument = error("invalid_document")
  /// An identifier does not match its grammar.
  public static let invalidID = error("invalid_id")
  /// Two elements of a list have the same identifier.
  public static let duplicateID = error("duplicate_id")
  /// The document's format is a newer minor version.
  public static let newerFormat = warning("newer_format")
}

extension Diagnostic {
  /// A diagnostic about any document.
  package init(_ problem: DocumentProblem, at path: DocumentPath, place: SourcePlace? = nil) {
    self.init(problem: problem, at: path, place: place)
  }
}
