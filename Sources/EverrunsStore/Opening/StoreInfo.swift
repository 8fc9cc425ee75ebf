public import EverrunsSeeding

/// What there is to say about a store itself.
public struct StoreInfo: Sendable, Hashable {
  /// Where it is.
  public let location: StoreLocation
  /// Its id, made when it was.
  public let id: String
  /// The version of its schema.
  public let schemaVersion: Int
  /// How often rows have changed.
  public let serial: Int
  /// What else a store of its kind has to say, in order.
  public let details: [Detail]
  /// The size of the database in bytes.
  public let sizeInBytes: Int
  /// How many rows of each kind there are.
  public let counts: [RecordKind: Int]
  /// How many saved platform definitions there are.
  public let platformCount: Int

  /// Something that only stores of one kind have.
  public struct Detail: Sendable, Hashable {
    /// What it is, as a key of JSON.
    public let key: String
    /// What it is in this store.
    public let value: String
  }
}

extension StoreInfo {
  /// The version of the schema that this version of the library writes.
  public static var currentSchemaVersion: Int { Schema.version }
}
