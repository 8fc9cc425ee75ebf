/// What makes a store ready to be written.
package enum StorePreparation: Sendable, Equatable {
  /// Nothing: it is up to date.
  case none
  /// It is created.
  case created
  /// Its schema is migrated from an older version.
  case migrated(from: Int)
  /// It was restored from a dump and gets the mark of a store.
  case adopted
  /// Its schema is repaired.
  ///
  /// - Parameter problems: The problems, each as part of a sentence.
  case repaired(problems: [String])
}
