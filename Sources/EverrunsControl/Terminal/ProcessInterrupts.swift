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
  /// The others whose default action ends a process, but for those of real time: signal(7).
  private static let abrupt = [
    SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGUSR1, SIGUSR2, SIGABRT, SIGIO, SIGPWR,
    SIGSTKFLT, SIGTRAP, SIGSYS, SIGSEGV, SIGBUS, SIGILL, SIGFPE,
  ]
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
    // A temporary file may be left.
    for number in watched { signal(number, Self.stop) }
    watched = []
  }

  /// Reads one line of standard input, unless an interrupt comes first.
  ///
  /// - Returns: The line without its end; `nil` at the end of the input, or once an interrupt is
  ///   pending.
  func readLine() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while Self.waitForInput() {
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0, line.isEmpty { return nil }
      guard count > 0, byte != UInt8(ascii: "\n") else {
        return String(decoding: line, as: UTF8.self)
      }
      line.append(byte)
    }
    return nil
  }

  /// Waits for a byte of standard input.
  ///
  /// A call of read(2) would be repeated after a signal: signal(7).
  ///
  /// - Returns: Whether there is one, or the end of the input; false once an interrupt is pending.
  private static func waitForInput() -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !pending.load(ordering: .relaxed) {
      // A signal just before the call does not end it.
      let count = poll(&input, 1, 100)
      guard count == 0 || (count < 0 && errno == EINTR) else { return true }
    }
    return false
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
