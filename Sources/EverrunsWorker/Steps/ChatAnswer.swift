import Everruns
import EverrunsStore

/// Receives a model's answer and stores its text while it arrives.
struct ChatAnswer: Sendable {
  /// How a request ends.
  enum Outcome: Sendable {
    /// With a complete answer, after this time.
    case complete(ChatReply, Duration)
    /// With a failure.
    case failed(ChatFailure)
    /// It was stopped.
    case stopped
  }

  private enum Signal: Sendable {
    case event(ChatEvent)
    case ended((any Error)?)
    case tick
  }

  let turn: RunningTurn
  /// The time limit for the next piece.
  var longestPause = Duration.seconds(60)
  /// The time limit for the whole answer.
  var longestAnswer = Duration.seconds(300)

  /// How often batches of text and timeouts are checked.
  private static let tick = Duration.milliseconds(50)

  /// Receives an answer.
  ///
  /// A stream that ignores cancellation is abandoned.
  func receive(
    _ stream: AsyncThrowingStream<ChatEvent, any Error>
  ) async throws(RunStoreError) -> Outcome {
    let (signals, continuation) = AsyncStream.makeStream(of: Signal.self)
    let reader = Task {
      do {
        for try await event in stream { continuation.yield(.event(event)) }
        continuation.yield(.ended(nil))
      } catch {
        continuation.yield(.ended(error))
      }
    }
    let timer = Task {
      while (try? await Task.sleep(for: Self.tick)) != nil { continuation.yield(.tick) }
    }
    defer {
      reader.cancel()
      timer.cancel()
    }
    let clock = ContinuousClock()
    let start = clock.now
    var latest = start
    var reply = ChatReply()
    var batch = DeltaBatcher()
    // Ends without an element when this task is cancelled.
    for await signal in signals {
      let now = clock.now
      switch signal {
      case .event(let event):
        latest = now
        reply.add(event)
        if case .text(let piece) = event { batch.add(piece) }
      case .ended(let error?):
        return .failed(ChatFailure(error))
      case .ended(nil):
        do throws(ChatFailure) {
          try reply.checkEnd()
        } catch {
          return .failed(error)
        }
        return .complete(reply, now - start)
      case .tick:
        if now - latest > longestPause {
          return .failed(.transient("the model was silent for \(Self.words(longestPause))"))
        }
        if now - start > longestAnswer {
          return .failed(.transient("the answer took longer than \(Self.words(longestAnswer))"))
        }
      }
      if let text = batch.take(at: now - start) {
        try await turn.store.addDelta(text, under: turn.lease)
      }
    }
    return .stopped
  }

  private static func words(_ duration: Duration) -> String {
    "\(duration.components.seconds) seconds"
  }
}
