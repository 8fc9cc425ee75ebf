import EverrunsDocuments
import Foundation
import Testing

@testable import EverrunsServer

/// What a connection brings that is not a request.
@Suite struct ConnectionTests {
  @Test(
    .timeLimit(.minutes(20)),
    arguments: [
      ("NONSENSE\r\n\r\n", 0, 400, "bad_request", "the request is not valid HTTP"),
      (
        "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ", 20_000,
        431, "too_large", "the headers are longer than 16384 bytes"
      ),
    ])
  func `a request that is not HTTP gets the usual error response`(
    request: String, padding: Int, status: Int, code: String, message: String
  ) async throws {
    try await withRunningServer { running in
      let connection = try RawConnection(port: running.port)
      try await connection.send(request + String(repeating: "x", count: padding))
      let answer = try await connection.read()
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      #expect(answer.contains("\nConnection: close\n"))
      let body = answer.components(separatedBy: "\n\n").dropFirst().joined(separator: "\n\n")
      #expect(
        try JSONValue(json: body) == [
          "error": ["code": .string(code), "message": .string(message)]
        ])
    }
  }
}
