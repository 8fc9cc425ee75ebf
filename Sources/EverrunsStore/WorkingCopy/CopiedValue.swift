package import Foundation
import GRDB

/// A text of another database, which may have allowed bytes that are not UTF-8.
///
/// In a working copy such bytes are what they are in a store that another program wrote them into.
package enum CopiedValue: Sendable {
  case text(String)
  case bytes(Data)

  /// Creates a value from the bytes of a text.
  package init(_ bytes: UnsafeRawBufferPointer) {
    self = String(validating: bytes, as: UTF8.self).map(CopiedValue.text) ?? .bytes(Data(bytes))
  }

  /// The argument of a statement.
  var argument: DatabaseValue {
    switch self {
    case .text(let text): text.databaseValue
    case .bytes(let data): data.databaseValue
    }
  }
}

extension CopiedValue: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .text(text) }
}
