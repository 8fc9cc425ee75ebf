import Foundation
import Testing

@testable import Everruns

@Suite struct IdentityTests {
  @Test func `an id is a prefix and a UUID of version 7 without hyphens`() throws {
    var generator = RepeatableGenerator()
    let id = SessionID(at: Date(timeIntervalSince1970: 0x0198_0000_0001 / 1000), using: &generator)
    let expression = #/session_01980000000[01]7[0-9a-f]{3}[89ab][0-9a-f]{15}/#
    #expect(try expression.wholeMatch(in: id.description) != nil)
  }

  /// The time is that of the example in RFC 9562, appendix A.6.
  @Test func `a UUID of version 7 begins with its time and is written with hyphens`() {
    var generator = RepeatableGenerator()
    let text = UUIDVersion7(
      at: Date(timeIntervalSince1970: 1_645_557_742), using: &generator
    ).text
    let expression = #/017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#
    #expect(text.wholeMatch(of: expression) != nil)
  }

  @Test func `ids sort by the time of their creation`() {
    let times = [0, 0.001, 1, 1_000_000, 1_769_860_800, 4_000_000_000].map {
      Date(timeIntervalSince1970: $0)
    }
    let ids = times.map { EventID(at: $0).description }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: [-1e300, -1, 1e15, 1e300, .infinity, -.infinity, .nan])
  func `a time out of range still gives an id`(seconds: Double) {
    #expect(SessionID(SessionID(at: Date(timeIntervalSince1970: seconds)).description) != nil)
  }

  @Test(arguments: [
    "", "session_", "turn_01933b5a000070008000000000000601",
    "session_01933b5a00007000800000000000060", "session_01933b5a0000700080000000000006011",
    "session_01933B5A000070008000000000000601", "session_01933b5a-0000-7000-8000-000000000601",
    "session_01933b5a00007000800000000000060ä",
  ])
  func `a text that is not an id is refused`(text: String) {
    #expect(SessionID(text) == nil)
  }

  @Test func `every attempt of an iteration writes the same message id, two iterations never do`() {
    let turns = (1...20).map { TurnID.number($0) }
    let ids = turns.flatMap { turn in (1...100).map { MessageID(ofTurn: turn, iteration: $0) } }
    #expect(Set(ids).count == 2000)
    #expect(ids.allSatisfy { MessageID($0.description) == $0 })
    #expect(MessageID(ofTurn: turns[0], iteration: 3) == ids[2])
  }

  @Test(arguments: ["w", "worker_01933b5a000070008000000000000601", "host-1.example", "A0"])
  func `a worker's name can be chosen`(text: String) {
    #expect(WorkerID(text)?.description == text)
  }

  @Test(arguments: ["", "-w", "a b", "a\n", "é", String(repeating: "w", count: 65)])
  func `a worker's name has only plain characters`(text: String) {
    #expect(WorkerID(text) == nil)
  }
}
