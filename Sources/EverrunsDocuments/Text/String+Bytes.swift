import Foundation

extension String {
  /// Whether both texts are the same bytes.
  ///
  /// `==` also treats composed and decomposed letters as equal, which a database and a fingerprint
  /// do not.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.hasSameBytes(as: other.utf8)
  }

  /// Whether this text sorts first by UTF-8 bytes, which is the order of code points.
  package func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension Collection<UInt8> {
  /// Whether both are the same bytes.
  ///
  /// Compared as memory, as all native strings, arrays and `Data` are: one by one takes ten times
  /// as long.
  package func hasSameBytes(as other: some Collection<UInt8>) -> Bool {
    withContiguousStorageIfAvailable { own in
      other.withContiguousStorageIfAvailable { other in
        guard own.count == other.count else { return false }
        guard let bytes = own.baseAddress, let others = other.baseAddress else { return true }
        return memcmp(bytes, others, own.count) == 0
      }
    }.flatMap(\.self) ?? elementsEqual(other)
  }
}
