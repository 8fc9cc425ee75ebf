import Foundation
import Synchronization

/// The interrupts of this process: its signals `SIGINT` and `SIGTERM`.
///
/// While they are watched the first one is noticed, so that a transaction can be rolled back and
/// the user be told; a second one stops the program at once, which leaves nothing half done either.
final class ProcessInterrupts: InterruptSource {
  private static let pending = Atomic(false)
  private static let signals = [SIGINT, SIGTERM]
  private var isWatching = false

  var isPending: Bool { Self.pending.load(ordering: .relaxed) }

  func begin() {
    guard !isWatching else { return }
    isWatching = true
    Self.pending.store(false, ordering: .relaxed)
    for number in Self.signals {
      signal(number) { number in
        ProcessInterrupts.pending.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  func end() {
    guard isWatching else { return }
    isWatching = false
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
