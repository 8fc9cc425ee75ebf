import Everruns
import EverrunsDocuments
import EverrunsStore
import HTTPTypes
import Hummingbird

/// `/v1/sessions/{id}/messages`.
enum MessageRoutes: ModuleRoutes {
  static let module = ServerModule.messages

  static func add(to routes: Routes, using services: ServerServices) {
    routes.post(
      "/v1/sessions/{id}/messages",
      .operation(
        "Post a message", id: "messages.create",
        details: """
          A worker answers it in a turn of its own. A message that is sent again with the same header \
          'Idempotency-Key' is posted once.
          """,
        headers: [.text("Idempotency-Key", "The sender's key for the message")],
        body: NewMessage.coding, returns: .json(Self.postedShape), status: .created)
    ) { message, request, context in
      let input = try message.input(idempotencyKey: try request.idempotencyKey())
      let posted = try await services.runs.opened().post(
        input, to: try context.sessionID(), of: services.organization(request, context))
      return [
        "message": .object(posted.message.document),
        "turn_id": .string(posted.turnID.description),
      ] as JSONValue
    }
    routes.get(
      "/v1/sessions/{id}/messages",
      .operation(
        "List the messages of a session", id: "messages.list", details: "The oldest comes first.",
        query: PageRange.parameters, returns: .page(.anyObject))
    ) { request, context in
      let range = try PageRange(request, standard: 100, maximum: 1_000)
      let page = try await services.runs.opened().messages(
        of: try context.sessionID(), of: services.organization(request, context),
        offset: range.offset, limit: range.limit)
      return JSONValue.page(page.elements.map(\.document), total: page.total, range)
    }
  }

  private static let postedShape = DocumentSchema.object(
    "posted message", [("message", .anyObject), ("turn_id", .text)])
}

extension Request {
  /// The sender's key for the message.
  fileprivate func idempotencyKey() throws -> String? {
    guard let key = headers[.idempotencyKey] else { return nil }
    let isKey =
      (1...255).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard isKey else {
      throw APIError.header(
        HTTPField.Name.idempotencyKey.rawName,
        "must have from 1 to 255 visible characters of ASCII")
    }
    return key
  }
}
