import Messages

/// The ids of tool calls as a service accepts them: `[a-zA-Z0-9_-]+`, of limited length, each once
/// in a conversation.
///
/// A conversation that began with another provider may have longer ones, other characters in them,
/// or the same one twice. An id that the service accepts is sent as it is.
struct CallIDs: Sendable {
  private let limit: Int
  private var used: Set<String> = []
  private var open: [String: String] = [:]

  /// The ids of a conversation.
  ///
  /// - Parameter limit: The greatest number of characters in an id.
  init(limit: Int = 64) {
    self.limit = limit
  }

  /// The id to send for a call.
  mutating func begin(_ id: String) -> String {
    let allowed = id.utf8.map { byte in
      byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") ? byte : UInt8(ascii: "_")
    }
    // Ids usually differ in their last characters.
    let end = String(decoding: allowed.suffix(limit), as: UTF8.self)
    var candidate = end.isEmpty ? "call" : end
    var number = 1
    while !used.insert(candidate).inserted {
      number += 1
      let suffix = "_\(number)"
      candidate = end.suffix(limit - suffix.count) + suffix
    }
    open[id] = candidate
    return candidate
  }

  /// The id to send for the result of the last call with an id.
  func end(_ id: String) -> String { open[id] ?? id }
}
