import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird
import Messages

/// `/v1/durable`: turns and workers, of all organizations.
enum DurableRoutes: ModuleRoutes {
  static let module = ServerModule.durable

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/durable/turns",
      .operation(
        "List the turns", id: "durable.turns", details: "The latest comes first.",
        query: [
          .choice("status", Turn.Status.allCases.map(\.rawValue), "Only turns in this state"),
          .text("session_id", "Only turns of this session"),
        ] + PageRange.parameters,
        returns: .page(Turn.shape))
    ) { request, context in
      try context.checkActsForAllOrganizations()
      let range = try PageRange(request, standard: 50, maximum: 1_000)
      var query = TurnQuery()
      query.offset = range.offset
      query.limit = range.limit
      query.status = try request.turnStatus()
      query.session = try request.sessionID()
      let page = try await services.runs.opened().turns(query)
      return JSONValue.page(page.elements.map(\.document), total: page.total, range)
    }
    routes.post(
      "/v1/durable/turns/{id}/retry",
      .operation(
        "Queue a failed turn once more", id: "durable.retry", returns: .json(Turn.shape))
    ) { _, context in
      try context.checkActsForAllOrganizations()
      let text = try context.pathParameter("id")
      guard let id = TurnID(text) else { throw APIError.notFound("turn", text) }
      return try await services.runs.opened().retry(id).document
    }
    routes.get(
      "/v1/durable/workers",
      .operation(
        "List the workers", id: "durable.workers",
        details: "Workers that reported within a day, latest first.",
        returns: .list(WorkerRecord.shape))
    ) { _, context in
      try context.checkActsForAllOrganizations()
      return JSONValue.list(try await services.runs.opened().workers().map(\.document))
    }
    routes.post(
      "/v1/durable/workers/{id}/drain",
      .operation(
        "Drain a worker: it finishes its turns and exits", id: "durable.drain",
        returns: .json(.object("drain", [("status", .choice(["draining"]))])))
    ) { _, context in
      try context.checkActsForAllOrganizations()
      let text = try context.pathParameter("id")
      guard let id = WorkerID(text) else { throw APIError.notFound("worker", text) }
      try await services.runs.opened().drain(id)
      return ["status": "draining"] as JSONValue
    }
    routes.get(
      "/v1/durable/stats",
      .operation(
        "Count sessions, turns and workers", id: "durable.stats",
        returns: .json(RunStatistics.shape))
    ) { _, context in
      try context.checkActsForAllOrganizations()
      return try await services.runs.opened().statistics().document(now: services.now())
    }
  }
}

extension Request {
  fileprivate func turnStatus() throws -> Turn.Status? {
    guard let text = try queryValue("status") else { return nil }
    let words = Turn.Status.allCases.map(\.rawValue)
    guard let status = Turn.Status(rawValue: text) else {
      throw APIError.query(
        "status", "cannot be \(text.quoted)",
        hint: Spelling.hint(for: text, among: words)
          ?? "it is one of \(words.joined(asListWith: "and"))")
    }
    return status
  }

  fileprivate func sessionID() throws -> SessionID? {
    guard let text = try queryValue("session_id") else { return nil }
    guard let id = SessionID(text) else {
      throw APIError.query("session_id", "is not a session id")
    }
    return id
  }
}
