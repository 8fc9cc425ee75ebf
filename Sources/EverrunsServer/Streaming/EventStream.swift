import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The events of a session as a stream of server-sent events.
///
/// It reads pages from the store whenever something may be new. Nothing is buffered for a slow
/// client: unread events stay in the store.
struct EventStream: Sendable {
  /// The number of events per page.
  static let pageLength = 100
  /// The idle time before a keep-alive comment is sent.
  static let keepAlive = Duration.seconds(15)
  /// How long the server waits at shutdown for a client that reads nothing.
  static let patience = Duration.milliseconds(500)

  let runs: any RunStore
  let session: SessionID
  let organization: String
  /// The event types and the position to begin after.
  let query: EventQuery
  let endsWhenIdle: Bool
  /// The connection, closed at shutdown if the client reads nothing.
  let connection: any Channel
  let logger: Logger

  /// Why the server ends a stream.
  private enum End: String {
    case shutdown
    case sessionDeleted = "session_deleted"
    case idle
  }

  /// Writes events until the session is gone or, if that is wanted, idle, or the server ends.
  ///
  /// It ends early if the task is cancelled, for example because the client disconnected.
  func write(to output: EventOutput) async throws {
    let (wakes, source) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in runs.changes(in: session) { source.yield() }
        source.finish()
      }
      group.addTask {
        while !Task.isCancelled {
          try await Task.sleep(for: Self.keepAlive)
          source.yield()
        }
      }
      group.addTask {
        try await gracefulShutdown()
        source.finish()
        try await Task.sleep(for: Self.patience)
        connection.close(promise: nil)
      }
      try await write(to: output, at: wakes)
      group.cancelAll()
    }
  }

  private func write(
    to output: EventOutput, at wakes: AsyncStream<Void>
  ) async throws {
    var reader = Reader(stream: self)
    try await output.send("connected", ["session_id": .string(session.description)])
    var end = End.sessionDeleted
    reading: for await _ in wakes {
      do {
        let hasWritten = try await reader.writeNews(to: output)
        if endsWhenIdle, reader.isIdle {
          end = .idle
          break reading
        }
        if !hasWritten { try await output.keepAlive() }
      } catch RunStoreError.notFound {
        break reading
      }
    }
    if Task.isShuttingDownGracefully { end = .shutdown }
    guard !Task.isCancelled, end != .idle else { return }
    try await output.send("disconnecting", ["reason": .string(end.rawValue)])
  }

  /// The position in the session up to which everything was sent.
  private struct Reader {
    let stream: EventStream
    private var query: EventQuery
    private(set) var isIdle = false

    init(stream: EventStream) {
      self.stream = stream
      query = stream.query
      let wantsDeltas =
        (query.types?.contains(.outputMessageDelta) ?? true)
        && !query.excludedTypes.contains(.outputMessageDelta)
      query.afterDelta = wantsDeltas ? 0 : nil
    }

    /// Sends new events.
    ///
    /// - Returns: Whether there was anything.
    mutating func writeNews(to output: EventOutput) async throws -> Bool {
      var hasWritten = false
      var hasMore = true
      while hasMore {
        let page = try await stream.runs.events(
          of: stream.session, of: stream.organization, query)
        for event in page.events {
          try await output.send(event.type.rawValue, id: event.id.description, event.document)
        }
        for delta in page.deltas {
          try await output.send(EventType.outputMessageDelta.rawValue, delta.document)
          query.afterDelta = delta.position
        }
        hasWritten = hasWritten || !page.events.isEmpty || !page.deltas.isEmpty
        query.afterSequence = page.nextSequence
        hasMore = page.hasMore
        isIdle = page.status == .idle
      }
      return hasWritten
    }
  }
}
