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
        details: "The one that was used last comes first.",
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
        "Cancel what a session is doing", id: "sessions.cancel",
        details: "Its turns end, also those that wait. Where there is none, nothing is done.",
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
          with the role 'base'; 'everrunsctl harnesses resolve' tells which.
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
        "Open the chat of whoever asks", id: "sessions.chat",
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
  /// The session that the path names.
  ///
  /// - Throws: ``APIError`` 404 for what cannot be a session's id: no session has it.
  func sessionID() throws -> SessionID {
    let text = try pathParameter("id")
    guard let id = SessionID(text) else { throw APIError.notFound("session", text) }
    return id
  }
}

extension ServerServices {
  /// The public id of the organization that a request is about.
  func organization(_ request: Request, _ context: ServerRequestContext) -> String {
    OrganizationScope(request, context, default: platform.catalog.organization).word
  }

  /// Does what needs what seeding puts into the store; a failure before that is the seeding's.
  func unlessSeeding<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as RunStoreError {
      switch error {
      case .noHarness where !seeding.isReady,
        .notFound(noun: "organization", _) where !seeding.isReady:
        throw APIError.notReady(
          "seeding is not done, and so there is no harness yet",
          hint: "/v1/seeding tells how far it has come")
      default: throw error
      }
    }
  }
}
