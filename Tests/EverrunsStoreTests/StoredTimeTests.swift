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
      ("2026-01-02T17:04:05+14:00", 1_767_323_045),
      ("2026-02-30T00:00:00Z", nil),
      ("2026-01-02T24:00:01Z", nil),
      ("2026-01-02T03:04:05+14:01", nil),
      ("2026-01-02T03:04:05-01:60", nil),
      ("yesterday", nil),
      ("", nil),
    ] as [(String, Double?)])
  func `a stored time is read in every common notation`(text: String, seconds: Double?) {
    #expect(Date(stored: text)?.timeIntervalSince1970 == seconds)
  }

  @Test func `a day that does not exist is not a time in any form`() {
    #expect(TimeForm.seconds.time("2026-02-30T00:00:00Z") == nil)
    #expect(TimeForm.milliseconds.time("2026-02-30T00:00:00.000Z") == nil)
    #expect(TimeForm.milliseconds.time("2026-02-28T00:00:00.000Z") != nil)
  }

  @Test func `a time is stored in UTC and to the second`() {
    #expect(Date(timeIntervalSince1970: 1_767_323_045.9).stored == "2026-01-02T03:04:05Z")
  }
}
