/// The limits for every text that is read, so that no input can exhaust the machine.
package enum DocumentLimits {
  /// The maximum nesting of arrays and objects.
  package static let depth = 64
  /// The maximum nesting in a saved plan: its rows contain values of documents.
  package static let planDepth = 80
  /// The maximum number of values in a document, on all levels.
  ///
  /// A definition of 10,000 capabilities has about 200,000.
  package static let values = 2_000_000
  /// The maximum size of a document in bytes.
  package static let bytes = 256 << 20
}
