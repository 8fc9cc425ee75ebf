import Everruns
import Testing

@Suite struct TurnLimitsTests {
  private let limits = TurnLimits()

  @Test(arguments: [
    (1, 1), (2, 2), (3, 4), (4, 8), (6, 32), (7, 60), (8, 60), (1_000_000, 60), (0, 1), (-5, 1),
  ])
  func `each delay is twice the one before, up to a minute`(failures: Int, seconds: Int) {
    #expect(
      limits.delay(afterFailures: failures, retryAfter: nil, jitter: 0) == .seconds(seconds))
  }

  @Test func `a delay is jittered by a tenth at most`() {
    let waits = [-1, -0.5, 0.5, 1, 100, -100].map {
      limits.delay(afterFailures: 4, retryAfter: nil, jitter: $0)
    }
    #expect(
      waits == [
        .milliseconds(7200), .milliseconds(7600), .milliseconds(8400), .milliseconds(8800),
        .milliseconds(8800), .milliseconds(7200),
      ])
  }

  @Test func `a provider may ask for a longer delay, up to an hour, but not for a shorter one`() {
    let waits = [Duration.seconds(30), .milliseconds(1), .seconds(1_000_000)].map {
      limits.delay(afterFailures: 1, retryAfter: $0, jitter: 0)
    }
    #expect(waits == [.seconds(30), .seconds(1), .seconds(3600)])
  }
}
