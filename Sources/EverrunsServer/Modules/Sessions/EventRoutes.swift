import Everruns
import EverrunsDocuments
import EverrunsStore
import HTTPTypes
import Hummingbird
import Messages

/// `/v1/sessions/{id}/events` and `/v1/sessions/{id}/sse`.
enum EventRoutes: ModuleRoutes {
  static let module = ServerModule.events

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/sessions/{id}/events",
      .operation(
        "List the events of a session", id: "events.list", details: "The oldest comes first.",
        query: Self.filters + [
          .integer("before_sequence", "Only events before this one; the latest of them"),
          .integer("limit", "The maximum number of events, up to 1000"),
        ],
        returns: .json(.object("events", [("data", .list(.anyObject)), ("has_more", .bool)])))
    ) { request, context in
      var query = try EventFilter(request).query
      query.limit = try request.wholeNumber("limit", in: 1...1_000) ?? 100
      query.beforeSequence = try request.wholeNumber("before_sequence", in: 1...Int.max)
      let session = try context.sessionID()
      let runs = try await services.runs.opened()
      let organization = services.organization(request, context)
      if let since = try request.eventID("since_id") {
        query.afterSequence = try await sequence(of: since, in: session, of: organization, runs)
      }
      let page = try await runs.events(of: session, of: organization, query)
      return [
        "data": .array(page.events.map { .object($0.document) }), "has_more": .bool(page.hasMore),
      ] as JSONValue
    }
    routes.get(
      "/v1/sessions/{id}/sse",
      .operation(
        "Stream the events of a session", id: "events.stream",
        details: """
          Server-sent events, beginning with 'connected'. To resume a broken stream after an \
          event, send its id in the header 'Last-Event-ID'. Pieces of text \
          (output.message.delta) have no id, so a stream cannot resume after them. If the server \
          ends the stream, the last event is 'disconnecting', with a reason.
          """,
        query: Self.filters + [
          .choice("until", ["idle"], "With idle the stream ends when the session has nothing to do")
        ],
        headers: [.text("Last-Event-ID", "The id of the last event that was received")],
        returns: .events)
    ) { request, context in
      try await stream(request, context, services)
    }
  }

  private static let filters: [RequestParameter] = [
    .text("since_id", "Only events after the one with this id"),
    .choice(
      "types", EventType.allCases.map(\.rawValue), "Only events of these types",
      isRepeatable: true),
    .choice(
      "exclude", EventType.allCases.map(\.rawValue), "No events of these types",
      isRepeatable: true),
  ]

  /// The position of the event to resume after.
  ///
  /// - Throws: ``APIError`` 400 if the session has no such event.
  private static func sequence(
    of event: EventID, in session: SessionID, of organization: String, _ runs: any RunStore
  ) async throws -> Int {
    do throws(RunStoreError) {
      return try await runs.sequence(of: event, in: session, of: organization)
    } catch {
      throw error.ofCursor
    }
  }

  private static func stream(
    _ request: Request, _ context: ServerRequestContext, _ services: ServerServices
  ) async throws -> Response {
    let runs = try await services.runs.opened()
    let session = try context.sessionID()
    let organization = services.organization(request, context)
    var query = try EventFilter(request).query
    query.limit = EventStream.pageLength
    let until = try request.queryValue("until")
    guard until == nil || until == "idle" else {
      throw APIError.query("until", "can only be 'idle'")
    }
    // A missing session gets an error response before the stream begins.
    _ = try await runs.session(session, of: organization)
    if let last = try request.lastEventID() ?? request.eventID("since_id") {
      query.afterSequence = try await sequence(of: last, in: session, of: organization, runs)
    }
    let stream = EventStream(
      runs: runs, session: session, organization: organization, query: query,
      endsWhenIdle: until == "idle", connection: context.connection, logger: context.logger)
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: ResponseBody { writer in
        let output = EventOutput(writer)
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          try await stream.write(to: output)
        }
        try await writer.finish(nil)
      })
  }
}

extension RunStoreError {
  /// The error; 400 if the event to resume after does not exist in the session.
  fileprivate var ofCursor: any Error {
    guard case .notFound(noun: "event", let name) = self else { return self }
    return APIError.query("since_id", "names no event of the session: \(name.quoted)")
  }
}

extension Request {
  /// The id of the event that a stream resumes after.
  fileprivate func lastEventID() throws -> EventID? {
    guard let text = headers[.lastEventID], !text.isEmpty else { return nil }
    guard let id = EventID(text) else {
      throw APIError.header(HTTPField.Name.lastEventID.rawName, "is not an event id")
    }
    return id
  }

  /// The id of an event in the query.
  fileprivate func eventID(_ name: String) throws -> EventID? {
    guard let text = try queryValue(name) else { return nil }
    guard let id = EventID(text) else { throw APIError.query(name, "is not an event id") }
    return id
  }
}

/// The event types that a request selects.
private struct EventFilter {
  private(set) var query = EventQuery()

  init(_ request: Request) throws {
    let types = try Self.types("types", request)
    query.types = types.isEmpty ? nil : types
    query.excludedTypes = try Self.types("exclude", request)
  }

  private static func types(_ name: String, _ request: Request) throws -> Set<EventType> {
    Set(
      try request.queryValues(name).map { text in
        guard let type = EventType(rawValue: text) else {
          throw APIError.query(
            name, "has no type \(text.quoted)",
            hint: Spelling.hint(for: text, among: EventType.allCases.map(\.rawValue)))
        }
        return type
      })
  }
}
