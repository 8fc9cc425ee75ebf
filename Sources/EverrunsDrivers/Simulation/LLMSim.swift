public import Everruns

/// A simulated model for tests and demonstrations: it answers by a script, without a network.
///
/// What it answers follows from the request alone. Which step of a script comes next is derived
/// from the conversation and from how often the request has failed, so that any worker continues
/// where another one stopped.
///
/// A model whose name contains `-latency` takes its time like a real one, and one whose name ends
/// in `-ttft-250` waits 250 milliseconds before its first word.
public struct LLMSim: ChatDriver {
  /// `llmsim`.
  public var providerType: String { "llmsim" }
  /// The name people see.
  public var displayName: String { "LlmSim" }
  private let script: LLMSimScript
  private let sleep: @Sendable (Duration) async throws -> Void

  /// A model that answers by a script; without one it always says the same sentence.
  public init(script: LLMSimScript = LLMSimScript()) {
    self.init(script: script) { try await Task.sleep(for: $0) }
  }

  /// A model that waits by other means than the clock.
  package init(
    script: LLMSimScript, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.script = script
    self.sleep = sleep
  }

  /// Streams the answer, word by word, then the calls, then the end.
  public func stream(
    _ request: ChatRequest, over connection: DriverConnection
  ) -> AsyncThrowingStream<ChatEvent, any Error> {
    let performance = LLMSimPerformance(script.cues(for: request), sleep: sleep)
    return AsyncThrowingStream { try await performance.next() }
  }
}

/// Plays an answer in its time.
private actor LLMSimPerformance {
  private var cues: ArraySlice<LLMSimCue>
  private let sleep: @Sendable (Duration) async throws -> Void

  init(_ cues: [LLMSimCue], sleep: @escaping @Sendable (Duration) async throws -> Void) {
    self.cues = cues[...]
    self.sleep = sleep
  }

  func next() async throws -> ChatEvent? {
    guard let cue = cues.popFirst() else { return nil }
    if cue.delay > .zero { try await sleep(cue.delay) }
    return try cue.event.get()
  }
}

/// What a simulated model does next, and how long it waits before.
struct LLMSimCue: Sendable, Equatable {
  var delay: Duration = .zero
  var event: Result<ChatEvent, ChatFailure>
}
