import AsyncHTTPClient
import CommandLineTree
import Everruns
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Messages about network failures between a worker and a provider.
enum TransportFailure {
  /// The failure for an error of the networking library; `idleLimit` is the longest pause in a
  /// response.
  static func failure(_ error: any Error, idleLimit: Duration) -> any Error {
    if error is CancellationError || error as? HTTPClientError == .cancelled {
      return CancellationError()
    }
    return ChatFailure.transient(sentence(error, idleLimit))
  }

  private static func sentence(_ error: any Error, _ idleLimit: Duration) -> String {
    switch error {
    case let error as HTTPClientError: sentence(error, idleLimit)
    case let error as NIOConnectionError: sentence(error)
    case let error as IOError: sentence(error)
    case let error as HTTPParserError:
      error == .invalidEOFState
        ? "the provider closed the connection" : "the provider does not speak HTTP"
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
        ? "the TLS certificate of the provider is not trusted"
        : "the TLS handshake with the provider failed"
    default: "the connection to the provider broke: \(type(of: error))"
    }
  }

  private static func sentence(_ error: HTTPClientError, _ idleLimit: Duration) -> String {
    switch error {
    case .readTimeout:
      "the provider sent nothing for \(ValueFormat.duration.text(idleLimit))"
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      "connecting to the provider timed out"
    case .deadlineExceeded: "the provider did not respond in time"
    case .remoteConnectionClosed, .uncleanShutdown: "the provider closed the connection"
    default: "the request could not be sent: \(error.shortDescription)"
    }
  }

  private static func sentence(_ error: NIOConnectionError) -> String {
    guard let failure = error.connectionErrors.last else {
      return "the host '\(error.host)' cannot be found"
    }
    return (failure.error as? IOError).map(sentence)
      ?? "connecting to the provider failed"
  }

  private static func sentence(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET, EPIPE: "the provider closed the connection"
    default: String(cString: strerror(error.errnoCode)).lowercased()
    }
  }
}
