import EverrunsDocuments
public import Foundation
import Messages

/// The subject of a ``RunID``.
public protocol RunSubject: Sendable {
  /// The prefix of every id of this kind: `session_`.
  static var idPrefix: String { get }
}

/// The id of a session, turn, message or event: a prefix and 32 lower-case hexadecimal digits.
///
/// New ids are UUIDs of version 7, so that they sort by the time of their creation. Ids of
/// different subjects are different types and cannot be mixed up.
public struct RunID<Subject: RunSubject>: Sendable, Hashable, CustomStringConvertible {
  /// The id as text: `session_01933b5a000070008000000000000601`.
  public let description: String

  /// Parses an id; `nil` if the text is not an id of this subject.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard text.hasPrefix(Subject.idPrefix), bytes.count == Subject.idPrefix.utf8.count + 32,
      bytes.suffix(32).allSatisfy(\.isHexadecimalDigit)
    else { return nil }
    description = text
  }

  /// A new id.
  ///
  /// - Parameters:
  ///   - time: The time of creation, by which ids sort.
  ///   - generator: The source of the random part.
  public init(at time: Date, using generator: inout some RandomNumberGenerator) {
    self.init(digits: UUIDVersion7(at: time, using: &generator).digits)
  }

  /// A new id, random beyond its time.
  ///
  /// - Parameter time: The time of creation, by which ids sort.
  public init(at time: Date) {
    var generator = SystemRandomNumberGenerator()
    self.init(at: time, using: &generator)
  }

  /// The id as a JSON string.
  var json: JSONValue { .string(description) }

  /// The id of these 32 digits.
  private init(digits: some StringProtocol) {
    description = Subject.idPrefix + digits
  }
}

/// The subject of session ids.
public enum SessionSubject: RunSubject {
  /// The prefix of session ids.
  public static let idPrefix = "session_"
}

/// The subject of turn ids.
public enum TurnSubject: RunSubject {
  /// The prefix of turn ids.
  public static let idPrefix = "turn_"
}

/// The subject of message ids.
public enum MessageSubject: RunSubject {
  /// The prefix of message ids.
  public static let idPrefix = "message_"
}

/// The subject of event ids.
public enum EventSubject: RunSubject {
  /// The prefix of event ids.
  public static let idPrefix = "event_"
}

/// The id of a session.
public typealias SessionID = RunID<SessionSubject>
/// The id of a turn.
public typealias TurnID = RunID<TurnSubject>
/// The id of a message.
public typealias MessageID = RunID<MessageSubject>
/// The id of an event.
public typealias EventID = RunID<EventSubject>

extension RunID where Subject == MessageSubject {
  /// The id of the message that an iteration of a turn writes.
  ///
  /// It follows from the turn and the iteration, so that every attempt at an iteration, by any
  /// worker, writes the same message. The iteration takes the place of the last 16 random bits of
  /// the turn's id; two turns of one millisecond still differ in 58 others.
  package init(ofTurn turn: TurnID, iteration: Int) {
    let number = String(UInt16(truncatingIfNeeded: iteration), radix: 16)
    let digits = turn.description.suffix(32).prefix(28)
    self.init(digits: digits + String(repeating: "0", count: 4 - number.count) + number)
  }
}
