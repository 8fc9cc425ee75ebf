import Crypto
import Everruns
import HTTPTypes
import Hummingbird

/// Authenticates requests by the server's single key.
struct KeyAuthenticator: Authenticator {
  private let digest: SHA256.Digest

  init(_ key: Secret) {
    digest = SHA256.hash(data: Array(key.reveal().utf8))
  }

  func authenticate(_ request: Request) async throws(AuthenticationFailure) -> Principal {
    guard let header = request.headers[.authorization] else { throw .missing }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .missing }
    // Digests are compared in constant time, whatever the length of what was sent.
    guard SHA256.hash(data: Array(parts[1].utf8)) == digest else { throw .invalid }
    return Principal(id: "key")
  }
}

/// Accepts every request.
struct NoAuthenticator: Authenticator {
  func authenticate(_ request: Request) async throws(AuthenticationFailure) -> Principal {
    .anonymous
  }
}
