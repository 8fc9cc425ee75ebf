/// The keys of one kind of object in a document, for pages that describe it.
package struct DocumentOutline: Sendable, Hashable {
  /// What such an object is called.
  package let noun: String
  /// The keys, in the order of the document.
  package let keys: [Key]

  /// One key.
  package struct Key: Sendable, Hashable {
    /// The key.
    package let name: String
    /// Whether it must be there.
    package let isRequired: Bool
    /// Whether it holds an array.
    package let isList: Bool
  }
}

extension ObjectCoding {
  /// The keys of the object.
  package var outline: DocumentOutline {
    DocumentOutline(
      noun: noun,
      keys: fields.map { field in
        let isList = if case .list = field.schema { true } else { false }
        return .init(name: field.key, isRequired: field.isRequired, isList: isList)
      })
  }
}
