import Foundation
import Testing

@testable import EverrunsStore

@Suite struct StoredTimeTests {
  @Test(
    arguments: [
      ("2026-01-02T03:04:05Z", 1_767_323_045),
      ("2026-01-02 03:04:05", 1_767_323_045),
      ("2026-01-02T03:04:05.250Z", 1_767_323_045.25),
      ("2026-01-02T04:04:05+01:00", 1_767_323_045),
      ("yesterday", nil),
      ("", nil),
    ] as [(String, Double?)])
  func `a stored time is read in every common notation`(text: String, seconds: Double?) {
    #expect(Date(stored: text)?.timeIntervalSince1970 == seconds)
  }

  @Test func `a time is stored in UTC and to the second`() {
    #expect(Date(timeIntervalSince1970: 1_767_323_045.9).stored == "2026-01-02T03:04:05Z")
  }
}
