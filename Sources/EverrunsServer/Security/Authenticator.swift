public import Hummingbird

/// Finds out who makes a request.
///
/// Every route of the API is behind it, an embedder's own too, but for those that were added with
/// `publicRoutes`, the OpenAPI document, `/health` and `/ready`.
public protocol Authenticator: Sendable {
  /// Who makes a request.
  ///
  /// - Throws: ``AuthenticationFailure``, which is answered with 401 or 403.
  func authenticate(_ request: Request) async throws(AuthenticationFailure) -> Principal
}

/// Why a request is not let in.
public enum AuthenticationFailure: Error, Sendable, Hashable {
  /// The request does not say who makes it: 401.
  case missing
  /// What the request says is not true, or no longer: 401.
  case invalid
  /// It is known who makes the request, and they may not: 403.
  ///
  /// - Parameter reason: A sentence without a full stop, which the answer has.
  case forbidden(reason: String)
}

extension APIError {
  /// The answer to a request that is not let in.
  init(_ failure: AuthenticationFailure) {
    self =
      switch failure {
      case .missing: .unauthorized("this needs a key")
      case .invalid: .unauthorized("the key is not valid")
      case .forbidden(let reason): .forbidden(reason)
      }
  }
}
