public import Hummingbird

/// Identifies the principal of a request.
///
/// Every route of the API is behind it, an embedder's own too, but for those that were added with
/// `publicRoutes`, the OpenAPI document, `/health` and `/ready`.
public protocol Authenticator: Sendable {
  /// The principal of a request.
  ///
  /// - Throws: ``AuthenticationFailure``, which is answered with 401 or 403.
  func authenticate(_ request: Request) async throws(AuthenticationFailure) -> Principal
}

/// An authentication error.
public enum AuthenticationFailure: Error, Sendable, Hashable {
  /// The request has no credentials: 401.
  case missing
  /// The credentials are invalid or expired: 401.
  case invalid
  /// The principal is known but not allowed to make the request: 403.
  ///
  /// - Parameter reason: The message of the response, without a full stop.
  case forbidden(reason: String)
}

extension APIError {
  /// The response to a failed authentication.
  init(_ failure: AuthenticationFailure) {
    self =
      switch failure {
      case .missing: .unauthorized("a key is required")
      case .invalid: .unauthorized("the key is not valid")
      case .forbidden(let reason): .forbidden(reason)
      }
  }
}
