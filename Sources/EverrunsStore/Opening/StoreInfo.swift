package import EverrunsSeeding

/// What there is to say about a store itself.
package struct StoreInfo: Sendable, Hashable {
  /// Where it is.
  package let location: StoreLocation
  /// Its id, made when it was.
  package let id: String
  /// The version of its schema.
  package let schemaVersion: Int
  /// How often rows have changed.
  package let serial: Int
  /// What else a store of its kind has to say, in order.
  package let details: [Detail]
  /// The size of the database in bytes.
  package let sizeInBytes: Int
  /// How many rows of each kind there are.
  package let counts: [RecordKind: Int]
  /// How many saved platform definitions there are.
  package let platformCount: Int

  /// Something that only stores of one kind have.
  package struct Detail: Sendable, Hashable {
    /// What it is, as a key of JSON.
    package let key: String
    /// What it is in this store.
    package let value: String
  }
}

extension StoreInfo {
  /// The version of the schema that this version of the library writes.
  package static var currentSchemaVersion: Int { Schema.version }
}
