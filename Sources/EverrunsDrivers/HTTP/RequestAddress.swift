import Everruns
import Messages

/// The address of a request: a provider's base URL and the path of one operation.
enum RequestAddress {
  /// Appends a path to a base URL, unless it ends in the path already.
  ///
  /// A query of the base URL stays at the end: some gateways want a version there.
  ///
  /// - Parameters:
  ///   - baseURL: The base URL; `nil` if neither the provider, the environment nor the driver has
  ///     one.
  ///   - path: The path, with a slash at its beginning.
  /// - Returns: The URL of a request.
  /// - Throws: ``ChatFailure/permanent(_:)`` if there is no base URL, it is not an HTTP URL, or it
  ///   has a user name or password in it, which would end up in logs.
  static func url(_ baseURL: String?, path: String) throws(ChatFailure) -> String {
    guard let baseURL else { throw .permanent("the provider has no base URL") }
    let isPlain = baseURL.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard isPlain, !baseURL.contains("#"),
      let parts = baseURL.wholeMatch(of: #/(?i:https?):\/\/([^\/?]+)([^?]*)(\?.*)?/#)?.output
    else {
      throw .permanent("the base URL '\(baseURL.escapedForMessage)' is not an HTTP URL")
    }
    guard !parts.1.contains("@") else {
      throw .permanent(
        "the base URL has a user name or password in it; keys belong in the environment")
    }
    var address = baseURL.dropLast(parts.3?.count ?? 0)
    while address.hasSuffix("/") {
      address.removeLast()
    }
    return (address.hasSuffix(path) ? String(address) : address + path) + (parts.3 ?? "")
  }

  /// A piece of a path, with everything escaped that could lead out of it: RFC 3986, section 2.3.
  static func escaped(_ piece: String) -> String { piece.percentEncoded(keeping: "-._~") }
}
