import HTTPTypes

extension HTTPField.Name {
  /// The header with the organization of a request.
  static let organizationID = named("X-Org-Id")
  /// The header that makes posting a message idempotent
  /// (draft-ietf-httpapi-idempotency-key-header).
  static let idempotencyKey = named("Idempotency-Key")
  /// The header with which a client resumes a stream of events
  /// (html.spec.whatwg.org, section 9.2.4).
  static let lastEventID = named("Last-Event-ID")

  private static func named(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else {
      preconditionFailure("'\(name)' is not a name of a header")
    }
    return field
  }
}
