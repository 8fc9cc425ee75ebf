import Files
import Foundation
import Synchronization

/// The signals that ask this process to stop.
///
/// While watching, the first `SIGINT`, `SIGTERM` or `SIGHUP` is recorded, so that a transaction is
/// rolled back, temporary files are removed, and the user is told. A second one, or any other
/// terminating signal, removes the temporary files and stops at once. Signals that were ignored
/// when the program started, as with `nohup`, stay ignored.
final class ProcessInterrupts: InterruptSource {
  private static let pending = Atomic(false)
  private static let polite = [SIGINT, SIGTERM, SIGHUP]
  private static let abrupt = [SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGUSR1, SIGUSR2]
  /// The signals that are watched.
  private var watched: [Int32] = []

  var isPending: Bool { Self.pending.load(ordering: .relaxed) }

  func begin() {
    guard watched.isEmpty else { return }
    Self.pending.store(false, ordering: .relaxed)
    for number in Self.polite {
      watch(number) { number in
        ProcessInterrupts.pending.store(true, ordering: .relaxed)
        signal(number, ProcessInterrupts.stop)
      }
    }
    for number in Self.abrupt { watch(number, Self.stop) }
  }

  func end() {
    // A file may wait for an answer of the user.
    for number in watched { signal(number, Self.stop) }
    watched = []
  }

  private func watch(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0, !action.isIgnoring else { return }
    signal(number, handler)
    watched.append(number)
  }

  /// Stops the program as the signal would have.
  private static let stop: @convention(c) (Int32) -> Void = { number in
    RemovalOnSignal.run()
    signal(number, SIG_DFL)
    raise(number)
  }
}

extension sigaction {
  /// Whether the signal is ignored.
  fileprivate var isIgnoring: Bool {
    unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
