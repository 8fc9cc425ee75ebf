extension String {
  /// Whether both texts are the same bytes.
  ///
  /// `==` also treats composed and decomposed letters as equal, which a database and a fingerprint
  /// do not.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether this text sorts first by UTF-8 bytes, which is the order of code points.
  package func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
