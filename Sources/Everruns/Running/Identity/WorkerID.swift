package import Foundation
import Messages

/// The id of a worker: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 64 characters.
///
/// It names one process, and is set by an operator or generated: two live workers must never share
/// one, since a lease names its worker.
package struct WorkerID: Sendable, Hashable, CustomStringConvertible {
  /// The id as text.
  package let description: String

  /// Parses an id; `nil` if the text is not one.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard (1...64).contains(bytes.count), let first = bytes.first, first.isASCIILetterOrDigit,
      bytes.allSatisfy({ $0.isASCIILetterOrDigit || Self.separators.contains($0) })
    else { return nil }
    description = text
  }

  /// A new id: `worker_` and 32 hexadecimal digits.
  ///
  /// - Parameters:
  ///   - time: The time of creation, by which ids sort.
  ///   - generator: The source of the random part.
  package init(at time: Date, using generator: inout some RandomNumberGenerator) {
    description = "worker_" + UUIDVersion7(at: time, using: &generator).digits
  }

  private static let separators = Array("._-".utf8)
}
