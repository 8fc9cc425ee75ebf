public import Everruns

/// A simulated model for tests and demonstrations: it answers by a script, without a network.
///
/// The answer depends only on the request: the next step of a script is derived from the
/// conversation and the number of failed attempts, so any worker can continue.
///
/// A model with `-latency` in its name is as slow as a real one; with a name that ends in
/// `-ttft-250` it waits 250 milliseconds before the first word.
public struct LLMSim: ChatDriver {
  /// `llmsim`.
  public var providerType: String { "llmsim" }
  /// The display name.
  public var displayName: String { "LlmSim" }
  private let script: LLMSimScript
  private let sleep: @Sendable (Duration) async throws -> Void

  /// A model that answers by a script; without one it always says the same sentence.
  public init(script: LLMSimScript = LLMSimScript()) {
    self.init(script: script) { try await Task.sleep(for: $0) }
  }

  /// A model with another way to wait, for tests.
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

/// Streams an answer at its speed.
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

/// The next event of a simulated model, and the delay before it.
struct LLMSimCue: Sendable, Equatable {
  var delay: Duration = .zero
  var event: Result<ChatEvent, ChatFailure>
}
