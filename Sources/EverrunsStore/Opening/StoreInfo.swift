public import EverrunsSeeding

/// What there is to say about a store itself.
public struct StoreInfo: Sendable, Hashable {
  /// Where it is.
  public let path: String
  /// Its id, made when it was.
  public let id: String
  /// The version of its schema.
  public let schemaVersion: Int
  /// How often rows have changed.
  public let serial: Int
  /// How SQLite keeps its journal.
  public let journalMode: String
  /// The size of the database in bytes.
  public let sizeInBytes: Int
  /// How many rows of each kind there are.
  public let counts: [RecordKind: Int]
  /// How many saved platform definitions there are.
  public let platformCount: Int
}
