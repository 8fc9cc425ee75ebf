import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The events of a session as a stream of server-sent events.
///
/// It reads from the store in pages whenever something may be new. Nothing is kept for a client that
/// reads slowly: what it has not taken is still in the store.
struct EventStream: Sendable {
  /// How many events are read at once.
  static let pageLength = 100
  /// How long nothing is sent before a comment tells that the stream is alive.
  static let keepAlive = Duration.seconds(15)
  /// How long a client that takes nothing is waited for when the server ends.
  static let patience = Duration.milliseconds(500)

  let runs: any RunStore
  let session: SessionID
  let organization: String
  /// Which events are wanted, and after which one.
  let query: EventQuery
  let endsWhenIdle: Bool
  /// The connection, to be closed if the client takes nothing when the server ends.
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
  /// It ends early where the task is cancelled, as when the client goes.
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

  /// The place in the session up to which everything was sent.
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

    /// Sends what is new.
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
