/// The keys of one kind of object in a document, for documentation.
package struct DocumentOutline: Sendable, Hashable {
  /// The noun for such an object.
  package let noun: String
  /// The keys, in the order of the document.
  package let keys: [Key]

  /// One key.
  package struct Key: Sendable, Hashable {
    /// The key.
    package let name: String
    /// Whether the key is required.
    package let isRequired: Bool
    /// Its purpose, half a sentence.
    package let summary: String
    /// Whether its value is an array.
    package let isList: Bool
    /// The words that it, or an entry of its array, can be; empty if it can be anything else.
    package let choices: [String]
    /// The value that stands for a missing key; `nil` if it is required.
    package let defaultValue: JSONValue?
  }
}

extension ObjectCoding {
  /// The keys of the object.
  package var outline: DocumentOutline {
    DocumentOutline(
      noun: noun,
      keys: fields.map { field in
        let isList = if case .list = field.schema { true } else { false }
        return .init(
          name: field.key, isRequired: field.isRequired, summary: field.summary ?? "",
          isList: isList, choices: field.schema.choices,
          defaultValue: field.isRequired ? nil : field.encode(blank))
      })
  }
}
