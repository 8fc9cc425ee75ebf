/// An event of a `text/event-stream` body.
struct ServerSentEvent: Sendable, Hashable {
  /// The type; `message` if the stream states none.
  var type = "message"
  /// The data, its lines joined by line breaks.
  var data: String
}

/// Reads a `text/event-stream` body that arrives in pieces of any size.
///
/// It follows the HTML standard, section 9.2.6 "Interpreting an event stream". The one exception is
/// the end: an event without its empty line is not thrown away, since some servers leave it out.
struct ServerSentEventParser: Sendable {
  /// The line that has begun, without its end.
  private var line: [UInt8] = []
  private var type = ""
  private var data = ""
  private var hasData = false
  /// Whether the last byte was a carriage return, to which a line feed would belong.
  private var endedInReturn = false
  private var isFirstLine = true

  private let limit: Int

  /// An event exceeds the limit.
  struct TooLarge: Error {}

  /// A parser at the beginning of a body.
  ///
  /// - Parameter limit: The maximum size of an event in bytes, to limit memory use.
  init(limit: Int = 16 << 20) {
    self.limit = limit
  }

  /// Takes the next bytes.
  ///
  /// - Returns: the events that they complete.
  mutating func read(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n") where endedInReturn:
        endedInReturn = false
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endedInReturn = byte == UInt8(ascii: "\r")
        if let event = endLine() { events.append(event) }
      default:
        endedInReturn = false
        guard line.count + data.utf8.count < limit else { throw TooLarge() }
        line.append(byte)
      }
    }
    return events
  }

  /// Takes the end of the body.
  ///
  /// - Returns: the event that had begun, if there is one.
  mutating func finish() -> ServerSentEvent? {
    let last = line.isEmpty ? nil : endLine()
    return last ?? dispatch()
  }

  private mutating func endLine() -> ServerSentEvent? {
    var bytes = line[...]
    if isFirstLine, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = bytes.dropFirst(3)
    }
    isFirstLine = false
    defer { line.removeAll(keepingCapacity: true) }
    guard !bytes.isEmpty else { return dispatch() }
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    var value = bytes[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    // A line that begins with a colon is a comment: its field has no name.
    switch String(decoding: bytes[..<colon], as: UTF8.self) {
    case "event":
      type = String(decoding: value, as: UTF8.self)
    case "data":
      if hasData { data += "\n" }
      data += String(decoding: value, as: UTF8.self)
      hasData = true
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      type = ""
      data = ""
      hasData = false
    }
    guard hasData else { return nil }
    return ServerSentEvent(type: type.isEmpty ? "message" : type, data: data)
  }
}
