package import Foundation

/// The limits of a turn.
package struct TurnLimits: Sendable, Hashable {
  /// The maximum number of requests to the model per turn; the last one offers no tools.
  package var iterations = 100
  /// The maximum number of attempts at one request.
  package var attempts = 5
  /// How often a turn without progress is taken over from a worker that died.
  ///
  /// The last time it fails instead of running again.
  package var reclaims = 3
  /// How long a lease lasts without renewal.
  package var lease: Duration = .seconds(30)
  /// How long to wait after the first failure; every further one doubles it.
  package var firstDelay: Duration = .seconds(1)
  /// The longest wait between retries.
  package var longestDelay: Duration = .seconds(60)
  /// The longest wait that is granted to a provider.
  package var longestRetryAfter: Duration = .seconds(3600)

  /// The default limits.
  package init() {}

  /// How long to wait after a failure.
  ///
  /// - Parameters:
  ///   - failures: How often the request has failed, at least once.
  ///   - retryAfter: How long the provider asks to wait.
  ///   - jitter: A random number from -1 to 1, which moves the wait by up to 10 %: turns that
  ///     failed together do not come back together.
  /// - Returns: A delay that doubles with each failure up to ``longestDelay``, and is at least
  ///   `retryAfter`, up to ``longestRetryAfter``.
  package func delay(afterFailures failures: Int, retryAfter: Duration?, jitter: Double) -> Duration
  {
    var delay = firstDelay
    for _ in 1..<max(1, failures) where delay < longestDelay {
      delay *= 2
    }
    delay = min(delay, longestDelay)
    let milliseconds = delay / .milliseconds(1) * (1 + 0.1 * min(max(jitter, -1), 1))
    let moved = Duration.milliseconds(Int64(exactly: milliseconds.rounded()) ?? 0)
    return max(moved, min(retryAfter ?? .zero, longestRetryAfter))
  }
}

extension Date {
  /// The time that is later by a duration.
  package func adding(_ duration: Duration) -> Date {
    addingTimeInterval(duration / .seconds(1))
  }
}
