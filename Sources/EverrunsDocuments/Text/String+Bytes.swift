extension String {
  /// Whether both texts are the same bytes.
  ///
  /// `==` also calls composed and decomposed letters equal, which a database and a fingerprint do
  /// not.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether this text comes first in the order of UTF-8 bytes, which is that of code points.
  package func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
