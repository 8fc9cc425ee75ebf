import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import HTTPTypes
import Hummingbird
import Messages

extension APIError {
  private init(
    _ status: HTTPResponse.Status, _ code: HTTPErrorCode, _ message: String, hint: String? = nil,
    headers: HTTPFields = [:]
  ) {
    self.init(status, code: code.rawValue, message: message, hint: hint, headers: headers)
  }

  /// The response to an error that the tool reports too.
  ///
  /// - Parameters:
  ///   - error: The error. Problems of the store itself are not shown: their message has its path.
  ///   - reference: The id of the request in the log, where such a problem is found.
  init(_ error: any ReportableError, reference: String? = nil) {
    let status = HTTPResponse.Status(error.code)
    guard status.kind == .serverError else {
      self.init(status, code: error.code.rawValue, message: error.message, hint: error.hint)
      return
    }
    self.init(
      status, code: error.code.rawValue,
      message: error.code == .busy ? "the store is busy" : "the store cannot be used",
      hint: error.code == .busy
        ? "try again" : reference.map { "the server's log has the cause as \($0)" },
      headers: [.retryAfter: "1"])
  }

  /// The body is not JSON.
  static func notJSON(_ error: DocumentSyntaxError) -> APIError {
    APIError(
      .badRequest, code: ErrorCode.invalidDocument.rawValue,
      message: "the body is not JSON: \(error.message)", hint: error.hint,
      diagnostics: DocumentRefusal(error).diagnostics)
  }

  /// The body is JSON, but invalid.
  static func wrongContent(_ refusal: DocumentRefusal) -> APIError {
    let errors = refusal.diagnostics.filter { $0.severity == .error }
    return APIError(
      .unprocessableContent, code: ErrorCode.invalidDocument.rawValue,
      message: errors.count == 1
        ? "the body is invalid: \(errors[0].message)" : "the body has \(errors.count) errors",
      hint: errors.count == 1 ? errors[0].hint : nil, diagnostics: refusal.diagnostics)
  }

  /// A value in the body names something that cannot be used.
  static func wrongValue(_ problem: any DiagnosticProblem, at key: String) -> APIError {
    wrongContent(DocumentRefusal([Diagnostic(problem: problem, at: DocumentPath().key(key))]))
  }

  /// The body has a content type other than JSON.
  static func notJSONContent(_ type: String) -> APIError {
    APIError(
      .unsupportedMediaType, .unsupportedMediaType,
      "the content type \(type.quoted) is not supported; this route reads JSON",
      hint: "send the header 'Content-Type: application/json'")
  }

  /// The body exceeds the limit.
  static func bodyTooLarge(limit: Int) -> APIError {
    APIError(
      .contentTooLarge, code: ErrorCode.tooLarge.rawValue,
      message: "the body is longer than \(limit) bytes")
  }

  /// The headers of a request exceed the limit.
  static func headersTooLarge(limit: Int) -> APIError {
    APIError(
      .requestHeaderFieldsTooLarge, code: ErrorCode.tooLarge.rawValue,
      message: "the headers are longer than \(limit) bytes", headers: [.connection: "close"])
  }

  /// The request is not valid HTTP.
  static let malformedRequest = APIError(
    .badRequest, .badRequest, "the request is not valid HTTP", headers: [.connection: "close"])

  /// No route has the path.
  static func noRoute(_ path: String) -> APIError {
    APIError(
      .notFound, code: ErrorCode.notFound.rawValue, message: "there is no \(path.quoted)",
      hint: "/api-doc/openapi.json lists all paths")
  }

  /// The path does not support the method.
  static func method(
    _ method: HTTPRequest.Method, isNotAmong allowed: Set<HTTPRequest.Method>, of path: String
  ) -> APIError {
    let names = allowed.map(\.rawValue).sorted()
    return APIError(
      .methodNotAllowed, .methodNotAllowed,
      "\(path.quoted) has no \(method.rawValue.escapedForMessage)",
      hint: "it has \(names.joined(asListWith: "and"))",
      headers: [.allow: names.joined(separator: ", ")])
  }

  /// Nothing of a kind has a name or an id.
  static func notFound(_ noun: String, _ name: String, among candidates: [String] = []) -> APIError
  {
    APIError(
      ReferenceError.notFound(noun: noun, name: name, candidates: candidates, next: nil))
  }

  /// A query parameter is invalid.
  static func query(_ name: String, _ problem: String, hint: String? = nil) -> APIError {
    APIError(.badRequest, .badRequest, "\(name.quoted) \(problem)", hint: hint)
  }

  /// A header is invalid.
  static func header(_ name: String, _ problem: String) -> APIError {
    APIError(.badRequest, .badRequest, "the header '\(name)' \(problem)")
  }

  /// The server is not ready for the request yet.
  static func notReady(_ message: String, hint: String? = nil) -> APIError {
    APIError(
      .serviceUnavailable, .notReady, message, hint: hint, headers: [.retryAfter: "1"])
  }

  /// The credentials are missing or invalid.
  static func unauthorized(_ message: String) -> APIError {
    APIError(
      .unauthorized, .unauthorized, message,
      hint: "send the header 'Authorization: Bearer KEY'", headers: [.wwwAuthenticate: "Bearer"])
  }

  /// The principal is not allowed to do this.
  static func forbidden(_ message: String, hint: String? = nil) -> APIError {
    APIError(.forbidden, .forbidden, message, hint: hint)
  }

  /// An internal error; `reference` identifies it in the log.
  static func `internal`(reference: String) -> APIError {
    APIError(
      .internalServerError, code: ErrorCode.internal.rawValue,
      message: "internal error; the server's log has it as \(reference)")
  }

  /// A request that Hummingbird or a handler refused with an `HTTPError`.
  init(_ error: HTTPError) {
    let code: String =
      switch error.status {
      case .unauthorized: HTTPErrorCode.unauthorized.rawValue
      case .forbidden: HTTPErrorCode.forbidden.rawValue
      case .notFound: ErrorCode.notFound.rawValue
      case .methodNotAllowed: HTTPErrorCode.methodNotAllowed.rawValue
      case .conflict: ErrorCode.conflict.rawValue
      case .contentTooLarge: ErrorCode.tooLarge.rawValue
      case .unsupportedMediaType: HTTPErrorCode.unsupportedMediaType.rawValue
      case .unprocessableContent: ErrorCode.invalidDocument.rawValue
      case .serviceUnavailable: HTTPErrorCode.notReady.rawValue
      default:
        error.status.code >= 500 ? ErrorCode.internal.rawValue : HTTPErrorCode.badRequest.rawValue
      }
    self.init(
      error.status, code: code, message: error.body ?? error.status.reasonPhrase.lowercased(),
      headers: error.headers)
  }
}

extension HTTPResponse.Status {
  /// The status that answers an error of the tool.
  init(_ code: ErrorCode) {
    self =
      switch code {
      case .usage: .badRequest
      case .notFound: .notFound
      case .ambiguous, .conflict, .readOnly, .refused, .patchFailed, .dependencyCycle,
        .tooManyCapabilities, .identityConflict, .rowsBlocked, .planDenied, .stale:
        .conflict
      case .invalidDocument: .unprocessableContent
      case .tooLarge: .contentTooLarge
      case .busy, .interrupted, .noStore, .notAStore, .damagedStore, .schemaVersion,
        .permissionDenied, .inputOutput, .cannotCreate, .noInput:
        .serviceUnavailable
      case .internal: .internalServerError
      }
  }
}
