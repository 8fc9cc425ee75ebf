import Everruns
import EverrunsDocuments
import Foundation

/// Random numbers that are the same in every run.
struct RepeatableGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64 = 1) {
    state = seed
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension Date {
  /// The noon of the tests: 2026-01-31T12:00:00Z.
  static let noon = Date(timeIntervalSince1970: 1_769_860_800)

  /// So many seconds after noon.
  static func noon(plus seconds: Double) -> Date { noon.addingTimeInterval(seconds) }
}

extension RunID {
  /// An id that is the same in every run.
  static func number(_ number: UInt64) -> RunID {
    var generator = RepeatableGenerator(seed: number)
    return RunID(at: .noon, using: &generator)
  }
}

extension WorkerID {
  /// An id that is the same in every run.
  static func number(_ number: UInt64) -> WorkerID {
    var generator = RepeatableGenerator(seed: number)
    return WorkerID(at: .noon, using: &generator)
  }
}

extension Message {
  /// A user's message.
  static func user(_ text: String, number: UInt64 = 100) -> Message {
    Message(id: .number(number), role: .user, content: [.text(text)], createdAt: .noon)
  }
}

extension ToolContext {
  /// A context without a session, at noon.
  static let noon = ToolContext(now: .noon)
}
