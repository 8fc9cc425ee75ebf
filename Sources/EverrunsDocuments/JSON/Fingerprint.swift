import Crypto
import Messages

/// The fingerprint of a document: the SHA-256 of its canonical JSON, written `sha256:<hex>`.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
  /// The fingerprint as text.
  public let description: String

  /// The fingerprint of a value, keys in the given order.
  package init(of value: JSONValue) {
    var hash = FingerprintHash()
    hash.add(value)
    self = hash.fingerprint
  }

  /// The fingerprint of a value whose canonical JSON is written in pieces.
  ///
  /// - Parameter write: Passes on each piece, in UTF-8.
  package init(writing write: (([UInt8]) throws -> Void) throws -> Void) rethrows {
    var hash = FingerprintHash()
    try write { hash.add($0) }
    self = hash.fingerprint
  }

  /// Creates a fingerprint from its text.
  package init(stored text: String) {
    description = text
  }

  /// The first twelve digits, enough for people to tell documents apart.
  public var short: String { digits(12) }

  /// The first digits of the hash.
  package func digits(_ count: Int) -> String {
    String(description.dropFirst("sha256:".count).prefix(count))
  }
}

/// Computes the fingerprint of several values in sequence.
package struct FingerprintHash {
  private var hash = SHA256()

  /// Creates a hash of nothing.
  package init() {}

  /// Adds a value, keys in the given order.
  package mutating func add(_ value: JSONValue) {
    add(JSONWriter.bytes(of: value, style: .canonical))
  }

  /// Adds a piece of canonical JSON.
  package mutating func add(_ bytes: [UInt8]) {
    hash.update(data: bytes)
  }

  /// The fingerprint of the canonical JSON of all values so far.
  package var fingerprint: Fingerprint {
    Fingerprint(stored: "sha256:" + Array(hash.finalize()).hexadecimal)
  }
}
