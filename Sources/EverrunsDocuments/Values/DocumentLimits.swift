/// The limits of every text that is read, so that no input can exhaust the machine.
package enum DocumentLimits {
  /// The depth of nested arrays and objects.
  package static let depth = 64
  /// The number of levels of a saved plan: its rows contain values of a document inside arrays and
  /// objects of their own.
  package static let planDepth = 80
  /// The number of values in a document, on all levels together.
  ///
  /// A definition of 10,000 capabilities has about 200,000.
  package static let values = 2_000_000
  /// The size of a document in bytes.
  package static let bytes = 256 << 20
}
