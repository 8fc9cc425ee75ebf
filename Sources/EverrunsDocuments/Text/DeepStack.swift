import Dispatch
import Foundation

/// A stack for what recurses once per level of a document.
package enum DeepStack {
  /// The stack that reading a document may take, in bytes.
  ///
  /// libyaml's parser stops at 1,000 or 2,000 levels, which takes up to 1.5 MB in a debug build:
  /// more than the 512 KB that many threads have.
  package static let sizeInBytes = 8 << 20

  /// Runs `body` on a thread with such a stack.
  ///
  /// - Returns: The result of `body`.
  package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    // Written before and read after the semaphore is signaled, so never concurrently.
    nonisolated(unsafe) var result: Value?
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      result = body()
      done.signal()
    }
    thread.stackSize = sizeInBytes
    thread.start()
    done.wait()
    guard let result else { preconditionFailure("the semaphore is signaled after the closure") }
    return result
  }
}
