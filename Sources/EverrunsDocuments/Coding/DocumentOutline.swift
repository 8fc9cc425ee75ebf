/// The keys of one kind of object in a document, for pages that describe it.
public struct DocumentOutline: Sendable, Hashable {
  /// What such an object is called.
  public let noun: String
  /// The keys, in the order of the document.
  public let keys: [Key]

  /// One key.
  public struct Key: Sendable, Hashable {
    /// The key.
    public let name: String
    /// Whether it must be there.
    public let isRequired: Bool
  }
}

extension ObjectCoding {
  /// The keys of the object.
  package var outline: DocumentOutline {
    DocumentOutline(
      noun: noun, keys: fields.map { .init(name: $0.key, isRequired: $0.isRequired) })
  }
}
