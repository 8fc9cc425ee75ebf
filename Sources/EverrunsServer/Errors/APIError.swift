public import EverrunsDocuments
import EverrunsStore
public import HTTPTypes

/// An error as the API answers it: `{"error": {"code", "message", "hint"?, "diagnostics"?}}`.
///
/// Handlers of custom routes may throw it, or Hummingbird's `HTTPError`, which is answered in the
/// same shape.
public struct APIError: Error {
  /// The status of the answer.
  public var status: HTTPResponse.Status
  /// The stable code that programs match: `not_found`.
  public var code: String
  /// What went wrong, as one sentence without a full stop.
  public var message: String
  /// What to do next, where that is known.
  public var hint: String?
  /// The diagnostics of an invalid document.
  public var diagnostics: [Diagnostic]
  /// Headers of the answer, such as `Retry-After`.
  public var headers: HTTPFields

  /// An error of these parts.
  public init(
    _ status: HTTPResponse.Status, code: String, message: String, hint: String? = nil,
    diagnostics: [Diagnostic] = [], headers: HTTPFields = [:]
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.hint = hint
    self.diagnostics = diagnostics
    self.headers = headers
  }

  /// The body of the answer.
  var document: JSONValue {
    var error: JSONObject = ["code": .string(code), "message": .string(message)]
    error["hint"] = hint.map(JSONValue.string)
    if !diagnostics.isEmpty {
      error["diagnostics"] = .array(diagnostics.map { .object($0.documentWithPlace) })
    }
    return ["error": .object(error)]
  }
}

extension Diagnostic {
  /// The diagnostic as an object, with line and column if they are known.
  fileprivate var documentWithPlace: JSONObject {
    var object = document
    object["line"] = place.map { .integer($0.line) }
    object["column"] = place.map { .integer($0.column) }
    return object
  }
}

/// The codes of errors that only an HTTP API has; all others are the tool's.
enum HTTPErrorCode: String, CaseIterable {
  /// The request is not one that the API understands.
  case badRequest = "bad_request"
  /// The credentials are missing or invalid.
  case unauthorized
  /// The principal is not allowed to do this.
  case forbidden
  /// The path does not support the method.
  case methodNotAllowed = "method_not_allowed"
  /// The body is not JSON by its content type.
  case unsupportedMediaType = "unsupported_media_type"
  /// The server is not ready for the request yet.
  case notReady = "not_ready"
}
