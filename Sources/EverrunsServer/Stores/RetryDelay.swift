import ServiceLifecycle

/// The delay between retries, which doubles each time, up to a limit.
struct RetryDelay: Sendable {
  private let first: Duration
  private let longest: Duration
  /// The next wait.
  private(set) var next: Duration

  init(first: Duration = .seconds(1), longest: Duration = .seconds(30)) {
    self.first = first
    self.longest = longest
    next = first
  }

  /// Waits, at most until the task is cancelled or the server shuts down.
  mutating func wait() async {
    let duration = next
    next = min(next * 2, longest)
    await cancelWhenGracefulShutdown { try? await Task.sleep(for: duration) }
  }

  /// Resets the delay.
  mutating func reset() {
    next = first
  }
}
