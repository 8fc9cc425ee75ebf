import Testing

@testable import EverrunsDrivers

@Suite struct ServerSentEventTests {
  /// Streams with what has to be read from them.
  static let streams: [(text: String, events: [ServerSentEvent])] = [
    ("", []),
    ("data: one\n\n", [event("one")]),
    ("data: one\n\ndata: two\n\n", [event("one"), event("two")]),
    ("data: one\r\n\r\ndata: two\r\n\r\n", [event("one"), event("two")]),
    ("data: one\r\rdata: two\r\r", [event("one"), event("two")]),
    ("data: one\r\ndata: two\n\rdata: three\r\r", [event("one\ntwo"), event("three")]),
    (": comment\n\n: keep-alive\n\ndata: one\n: in between\ndata: more\n\n", [event("one\nmore")]),
    ("event: ping\ndata: {}\n\ndata: one\n\n", [event("{}", type: "ping"), event("one")]),
    ("event: only a type\n\ndata: one\n\n", [event("one")]),
    ("id: 7\nretry: 10\ndata: one\nunknown: field\nunknown\n\n", [event("one")]),
    ("data:one\n\ndata:  two\n\ndata: a: b\n\n", [event("one"), event(" two"), event("a: b")]),
    ("data\n\ndata:\ndata:\n\n", [event(""), event("\n")]),
    ("\u{FEFF}data: one\n\n", [event("one")]),
    ("data: \u{FEFF}one\n\n", [event("\u{FEFF}one")]),
    ("data: é日本👩‍👩‍👧\n\n", [event("é日本👩‍👩‍👧")]),
    ("\n\n\r\n\r\r\n\ndata: one\n\n\n\n", [event("one")]),
    // What has no empty line at its end.
    ("data: one\n\ndata: two", [event("one"), event("two")]),
    ("data: one\n\ndata: two\n", [event("one"), event("two")]),
    ("data: one\n\ndata: two\r", [event("one"), event("two")]),
    ("data: one\n\n: comment", [event("one")]),
    ("event: end\ndata: two\nda", [event("two", type: "end")]),
  ]

  @Test(arguments: streams.indices)
  func `a stream is the same wherever it is split`(index: Int) throws {
    let (text, events) = Self.streams[index]
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in [first, min(first + 1, bytes.count), bytes.count] {
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
        #expect(try Self.read(pieces) == events)
      }
    }
    #expect(try Self.read(bytes.map { [$0] }) == events)
  }

  @Test func `bytes that are not UTF-8 are replaced`() throws {
    #expect(
      try Self.read([Array("data: a".utf8), [0xFF, 0xC3], Array("b\n\n".utf8)])
        == [Self.event("a\u{FFFD}\u{FFFD}b")])
  }

  @Test func `a line or an event without an end is aborted`() throws {
    let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 10)
    var line = ServerSentEventParser(limit: 100)
    #expect(throws: ServerSentEventParser.TooLarge.self) {
      for _ in 0..<11 {
        _ = try line.read(chunk)
      }
    }
    var lines = ServerSentEventParser(limit: 100)
    #expect(throws: ServerSentEventParser.TooLarge.self) {
      for _ in 0..<11 {
        _ = try lines.read(Array("data: ".utf8) + chunk + [UInt8(ascii: "\n")])
      }
    }
  }

  private static func event(_ data: String, type: String = "message") -> ServerSentEvent {
    ServerSentEvent(type: type, data: data)
  }

  private static func read(_ pieces: [some Sequence<UInt8>]) throws -> [ServerSentEvent] {
    var parser = ServerSentEventParser()
    var events = try pieces.flatMap { try parser.read($0) }
    if let last = parser.finish() { events.append(last) }
    return events
  }
}
