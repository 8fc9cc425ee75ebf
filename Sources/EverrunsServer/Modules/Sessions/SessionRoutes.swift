import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Hummingbird

/// `/v1/sessions`.
enum SessionRoutes: ModuleRoutes {
  static let module = ServerModule.sessions

  static func add(to routes: Routes, using services: ServerServices) {
    addCreation(to: routes, using: services)
    routes.get(
      "/v1/sessions",
      .operation(
        "List the sessions", id: "sessions.list",
        details: "The most recently used one comes first.",
        query: PageRange.parameters, returns: .page(SessionRecord.shape))
    ) { request, context in
      let range = try PageRange(request, standard: 20, maximum: 100)
      let page = try await services.runs.opened().sessions(
        of: services.organization(request, context), offset: range.offset, limit: range.limit)
      return JSONValue.page(page.elements.map(\.document), total: page.total, range)
    }
    routes.get(
      "/v1/sessions/{id}",
      .operation("Show a session", id: "sessions.show", returns: .json(SessionRecord.shape))
    ) { request, context in
      try await services.runs.opened().session(
        try context.sessionID(), of: services.organization(request, context)
      ).document
    }
    routes.patch(
      "/v1/sessions/{id}",
      .operation(
        "Change a session", id: "sessions.update", details: "null clears a value.",
        body: SessionChanges.coding, returns: .json(SessionRecord.shape))
    ) { changes, request, context in
      try SessionChanges.check(changes.patch.maximumIterations ?? nil)
      return try await services.runs.opened().update(
        try context.sessionID(), of: services.organization(request, context), with: changes.patch
      ).document
    }
    routes.delete(
      "/v1/sessions/{id}",
      .operation(
        "Delete a session with everything in it", id: "sessions.delete", returns: .empty,
        status: .noContent)
    ) { request, context in
      try await services.runs.opened().delete(
        try context.sessionID(), of: services.organization(request, context))
      return Response(status: .noContent)
    }
    routes.post(
      "/v1/sessions/{id}/cancel",
      .operation(
        "Cancel the turns of a session", id: "sessions.cancel",
        details: "Running and queued turns are cancelled; 'no_op' if there is none.",
        returns: .json(.object("cancellation", [("status", .choice(["cancelled", "no_op"]))])))
    ) { request, context in
      let hadTurns = try await services.runs.opened().cancel(
        try context.sessionID(), of: services.organization(request, context))
      return ["status": hadTurns ? "cancelled" : "no_op"] as JSONValue
    }
  }

  private static func addCreation(to routes: Routes, using services: ServerServices) {
    routes.post(
      "/v1/sessions",
      .operation(
        "Create a session", id: "sessions.create",
        details: """
          Its harness is the one that is named, else the organization's base harness, else the one \
          with the role 'base'; 'everrunsctl harnesses resolve' shows which.
          """,
        body: NewSession.coding, returns: .json(SessionRecord.shape), status: .created)
    ) { session, request, context in
      let organization = services.organization(request, context)
      let draft = try session.draft(in: organization, of: services.platform.definition)
      return try await services.unlessSeeding {
        try await services.runs.opened().createSession(
          draft, templates: services.platform.definition.builtInHarnesses
        ).document
      }
    }
    routes.post(
      "/v1/sessions/chat",
      .operation(
        "Open the chat of the caller", id: "sessions.chat",
        details:
          "There is one for each user of an organization; it is created when it is first opened.",
        returns: .json(SessionRecord.shape))
    ) { request, context in
      guard services.platform.definition.harness(for: .chat) != nil else {
        throw APIError(
          .notFound, code: ErrorCode.notFound.rawValue,
          message: "no harness of this platform has the role 'chat'")
      }
      let organization = services.organization(request, context)
      return try await services.unlessSeeding {
        try await services.runs.opened().chatSession(
          of: context.principal.id, orElse: SessionDraft(organization: organization),
          templates: services.platform.definition.builtInHarnesses
        ).document
      }
    }
  }
}

extension ServerRequestContext {
  /// The session id in the path.
  ///
  /// - Throws: ``APIError`` 404 for an invalid session id.
  func sessionID() throws -> SessionID {
    let text = try pathParameter("id")
    guard let id = SessionID(text) else { throw APIError.notFound("session", text) }
    return id
  }
}

extension ServerServices {
  /// The public id of a request's organization.
  func organization(_ request: Request, _ context: ServerRequestContext) -> String {
    OrganizationScope(request, context, default: platform.catalog.organization).word
  }

  /// Runs a body that needs seeded rows; while seeding is unfinished, missing rows are its error.
  func unlessSeeding<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as RunStoreError {
      switch error {
      case .noHarness where !seeding.isReady,
        .notFound(noun: "organization", _) where !seeding.isReady:
        throw APIError.notReady(
          "no harness exists yet: seeding has not finished",
          hint: "see its progress at /v1/seeding")
      default: throw error
      }
    }
  }
}
