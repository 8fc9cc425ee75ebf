package import Everruns
package import Foundation

/// Creates the ids of new rows.
package struct UUIDGenerator {
  private let generate: () -> UUIDVersion7

  /// A generator of random ids that sort by creation time, so that an index grows at its end.
  ///
  /// - Parameter now: The clock.
  package init(now: @escaping () -> Date = { Date() }) {
    generate = {
      var random = SystemRandomNumberGenerator()
      return UUIDVersion7(at: now(), using: &random)
    }
  }

  /// A generator with predictable ids, for tests.
  package init(_ generate: @escaping () -> UUIDVersion7) {
    self.generate = generate
  }

  /// A new id.
  package func next() -> UUIDVersion7 { generate() }
}
