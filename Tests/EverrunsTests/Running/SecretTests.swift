import Everruns
import Testing

@Suite struct SecretTests {
  private let secret = Secret("sk-very-secret")

  @Test func `a secret shows as three asterisks, however it is printed`() {
    var dumped = ""
    dump(secret, to: &dumped)
    var dumpedInside = ""
    dump([Optional(secret)], to: &dumpedInside)
    let texts = [
      "\(secret)", String(describing: secret), String(reflecting: secret), dumped, dumpedInside,
      "\([secret])", "\(["key": secret])", "\(Optional(secret) as Any)",
      "\(connection)", String(reflecting: connection),
    ]
    for text in texts {
      #expect(!text.contains("very-secret"))
      #expect(text.contains("***"))
    }
  }

  @Test func `a header with a secret does not show it and still sends it`() {
    let header = TransportHeader("authorization", secret: Secret("Bearer sk-very-secret"))
    var dumped = ""
    dump(header, to: &dumped)
    #expect(header.value == "Bearer sk-very-secret")
    #expect(header.description == "authorization: ***")
    #expect(!dumped.contains("very-secret"))
    #expect(!String(reflecting: [header]).contains("very-secret"))
  }

  @Test func `a secret is removed from other texts`() {
    #expect(
      secret.redacted(from: "bad key sk-very-secret (sk-very-secret)") == "bad key *** (***)")
    #expect(Secret("").redacted(from: "text") == "text")
  }

  @Test func `every kind of failure is free of the secret`() {
    let message = "key sk-very-secret is wrong"
    let failures: [ChatFailure] = [
      .transient(message, retryAfter: .seconds(1)), .permanent(message), .contextTooLong(message),
      .missingAPIKey,
    ]
    #expect(
      failures.map { $0.mapMessage(secret.redacted(from:)) } == [
        .transient("key *** is wrong", retryAfter: .seconds(1)), .permanent("key *** is wrong"),
        .contextTooLong("key *** is wrong"), .missingAPIKey,
      ])
  }

  private var connection: DriverConnection {
    DriverConnection(baseURL: nil, apiKey: secret, transport: NoTransport())
  }
}

/// A transport that nothing is sent over.
struct NoTransport: HTTPTransport {
  func send(_ request: TransportRequest) throws -> TransportResponse {
    throw ChatFailure.permanent("nothing is sent")
  }
}
