import Everruns

/// Reads the body of an answer that arrives in pieces of any size.
///
/// The answer ends with the first end that a provider sends; everything after it is ignored.
struct AnswerReader<Decoder: AnswerDecoder>: Sendable {
  private var parser = ServerSentEventParser()
  private var decoder: Decoder
  /// The number of bytes that may still arrive.
  private var rest: Int
  /// Whether the end of the answer has been read.
  private(set) var isWhole = false

  /// A reader at the beginning of a body.
  ///
  /// - Parameters:
  ///   - decoder: Reads the events of the provider's format.
  ///   - limit: The maximum size of an answer in bytes, so that no provider can fill the memory: by
  ///     default, many times the longest answers of today's models.
  init(_ decoder: Decoder, limit: Int = 64 << 20) {
    self.decoder = decoder
    rest = limit
  }

  /// Takes the next bytes.
  ///
  /// - Returns: the pieces of the answer that they complete.
  /// - Throws: ``ChatFailure`` if there will be no answer.
  mutating func read(_ bytes: some Collection<UInt8>) throws(ChatFailure) -> [ChatEvent] {
    rest -= bytes.count
    guard rest >= 0 else { throw .permanent("the provider sent an answer that is too large") }
    let events: [ServerSentEvent]
    do throws(ServerSentEventParser.TooLarge) {
      events = try parser.read(bytes)
    } catch {
      throw .permanent("the provider sent an event that is too large")
    }
    return try decode(events)
  }

  /// Takes the end of the body.
  ///
  /// - Returns: the pieces that are left.
  /// - Throws: ``ChatFailure`` if there will be no answer.
  mutating func finish() throws(ChatFailure) -> [ChatEvent] {
    let pieces = try decode(parser.finish().map { [$0] } ?? [])
    return pieces + (isWhole ? [] : decoder.end())
  }

  private mutating func decode(
    _ events: [ServerSentEvent]
  ) throws(ChatFailure) -> [ChatEvent] {
    var pieces: [ChatEvent] = []
    for event in events where !isWhole {
      let next = try decoder.decode(event)
      isWhole = next.contains(where: \.isEnd)
      pieces += next
    }
    return pieces
  }
}

extension ChatEvent {
  fileprivate var isEnd: Bool {
    if case .finished = self { true } else { false }
  }
}
