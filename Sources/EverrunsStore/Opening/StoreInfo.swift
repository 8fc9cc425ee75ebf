package import EverrunsSeeding

/// Facts about a store itself.
package struct StoreInfo: Sendable, Hashable {
  /// The location of the store.
  package let location: StoreLocation
  /// The id of the store, assigned at creation.
  package let id: String
  /// The version of its schema.
  package let schemaVersion: Int
  /// The version of the schema that this version of the program needs to write.
  package let neededSchemaVersion: Int
  /// The serial: how many times rows have changed.
  package let serial: Int
  /// Details that only this kind of store has, in order.
  package let details: [Detail]
  /// The size of the database in bytes.
  package let sizeInBytes: Int
  /// How many rows of each kind there are.
  package let counts: [RecordKind: Int]
  /// How many saved platform definitions there are.
  package let platformCount: Int
  /// How many sessions there are.
  package internal(set) var sessionCount = 0
  /// How many turns wait for a worker.
  package internal(set) var queuedTurnCount = 0

  /// Creates the facts; stores in other modules use this, such as those in PostgreSQL.
  package init(
    location: StoreLocation, id: String, schemaVersion: Int, neededSchemaVersion: Int, serial: Int,
    details: [Detail], sizeInBytes: Int, counts: [RecordKind: Int], platformCount: Int
  ) {
    self.location = location
    self.id = id
    self.schemaVersion = schemaVersion
    self.neededSchemaVersion = neededSchemaVersion
    self.serial = serial
    self.details = details
    self.sizeInBytes = sizeInBytes
    self.counts = counts
    self.platformCount = platformCount
  }

  /// A detail that only one kind of store has.
  package struct Detail: Sendable, Hashable {
    /// The key in JSON output.
    package let key: String
    /// The value in this store.
    package let value: String

    /// The key of SQLite's journal mode: sqlite.org/pragma.html#pragma_journal_mode.
    package static let journalMode = "journal_mode"

    /// Creates a detail; stores in other modules use this.
    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}

extension StoreInfo {
  /// The version of the schema that this version of the library writes.
  package static var currentSchemaVersion: Int { Schema.version }
}
