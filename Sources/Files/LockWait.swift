/// How long to wait for a lock that another program holds, and what to do meanwhile.
package struct LockWait {
  /// What is called again and again during a wait.
  ///
  /// - Parameters:
  ///   - locked: What is locked: a file, or the address of a store, as people see it.
  ///   - waited: How long this wait has taken so far.
  /// - Returns: Whether to go on waiting.
  package typealias Meanwhile = (_ locked: String, _ waited: Duration) -> Bool

  /// The longest wait.
  package let limit: Duration
  /// Called on the thread that waits.
  package let meanwhile: Meanwhile

  /// A wait of at most a time.
  ///
  /// - Parameters:
  ///   - limit: The longest wait.
  ///   - meanwhile: Called again and again while waiting, on the thread that waits. Only what a
  ///     single thread uses may be opened with one.
  package init(_ limit: Duration, meanwhile: @escaping Meanwhile = { _, _ in true }) {
    self.limit = limit
    self.meanwhile = meanwhile
  }

  /// No wait at all.
  package static var zero: LockWait { LockWait(.zero) }

  /// A silent wait of at most some seconds.
  package static func seconds(_ number: Int) -> LockWait { LockWait(.seconds(number)) }

  /// A silent wait of at most some milliseconds.
  package static func milliseconds(_ number: Int) -> LockWait { LockWait(.milliseconds(number)) }
}
