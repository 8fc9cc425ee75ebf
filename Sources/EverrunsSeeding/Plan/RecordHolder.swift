/// A row that has a natural key.
package struct RecordHolder: Sendable {
  /// The row's id.
  package let id: String
  /// Whether the row is marked as deleted.
  package let isMarkedAsDeleted: Bool

  package init(id: String, isMarkedAsDeleted: Bool = false) {
    self.id = id
    self.isMarkedAsDeleted = isMarkedAsDeleted
  }
}
