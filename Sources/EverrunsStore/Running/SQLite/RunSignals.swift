import Everruns
import Synchronization

/// Signals changes to waiting readers.
final class RunSignals: Sendable {
  private typealias Continuation = AsyncStream<Void>.Continuation

  private struct Waiting {
    var nextKey = 0
    var isEnded = false
    var sessions: [SessionID: [Int: Continuation]] = [:]
    var workers: [Int: Continuation] = [:]
  }

  private let waiting = Mutex(Waiting())

  /// A stream with a value for each change of a session, and one at the beginning.
  func changes(in session: SessionID) -> AsyncStream<Void> {
    stream { waiting, key, continuation in
      waiting.sessions[session, default: [:]][key] = continuation
    } end: { waiting, key in
      waiting.sessions[session]?[key] = nil
      if waiting.sessions[session]?.isEmpty ?? false { waiting.sessions[session] = nil }
    }
  }

  /// A stream with a value whenever there may be work, and one at the beginning.
  func work() -> AsyncStream<Void> {
    stream { waiting, key, continuation in
      waiting.workers[key] = continuation
    } end: { waiting, key in
      waiting.workers[key] = nil
    }
  }

  private func stream(
    begin: @escaping (inout Waiting, Int, Continuation) -> Void,
    end: @escaping @Sendable (inout Waiting, Int) -> Void
  ) -> AsyncStream<Void> {
    // Pending values are merged into one.
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let key = waiting.withLock { waiting -> Int? in
      guard !waiting.isEnded else { return nil }
      waiting.nextKey += 1
      begin(&waiting, waiting.nextKey, continuation)
      return waiting.nextKey
    }
    guard let key else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.waiting.withLock { end(&$0, key) }
    }
    continuation.yield()
    return stream
  }

  /// The watched sessions.
  var sessions: [SessionID] { waiting.withLock { Array($0.sessions.keys) } }

  /// Signals a possible change of a session.
  func signal(_ session: SessionID) {
    for continuation in continuations(of: session) { continuation.yield() }
  }

  /// Signals possible work.
  func signalWork() {
    for continuation in waiting.withLock({ Array($0.workers.values) }) { continuation.yield() }
  }

  /// Ends the streams of a deleted session.
  func end(_ session: SessionID) {
    for continuation in continuations(of: session) { continuation.finish() }
  }

  /// Ends all streams; later ones end immediately.
  func end() {
    let all = waiting.withLock { waiting in
      waiting.isEnded = true
      return waiting.sessions.values.flatMap(\.values) + waiting.workers.values
    }
    for continuation in all { continuation.finish() }
  }

  /// Must be used outside the lock: ending a stream takes it.
  private func continuations(of session: SessionID) -> [Continuation] {
    waiting.withLock { Array(($0.sessions[session] ?? [:]).values) }
  }
}
