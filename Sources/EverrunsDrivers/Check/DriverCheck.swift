package import Everruns
import Synchronization

/// Checks whether a worker could use a provider, with a minimal request.
package struct DriverCheck: Sendable {
  /// The driver in the definition, with its default base URL.
  private let driver: any Driver
  /// The code of the driver.
  private let code: any ChatDriver
  /// A monotonic clock, from any starting point.
  private let now: @Sendable () -> Duration

  /// The question to the model.
  private static let question = "Reply with the single word: ready"

  /// A check of a driver.
  ///
  /// - Parameters:
  ///   - driver: The driver in the definition, with its default base URL.
  ///   - code: The code of the driver.
  ///   - now: A monotonic clock, from any starting point.
  package init(
    of driver: any Driver, code: any ChatDriver, now: @escaping @Sendable () -> Duration
  ) {
    self.driver = driver
    self.code = code
    self.now = now
  }

  /// Sends the request and waits for the whole answer.
  ///
  /// - Parameters:
  ///   - model: The model to ask, by the provider's name.
  ///   - baseURL: The base URL; `nil` for that of the settings or the driver.
  ///   - settings: The base URLs and keys of the environment.
  ///   - transport: How requests are sent.
  /// - Returns: The result; a request that fails is a result too.
  package func run(
    model: String, baseURL: String?, settings: DriverSettings, transport: any HTTPTransport
  ) async -> DriverCheckResult {
    let observed = ObservedTransport(transport)
    var address = baseURL ?? driver.defaultBaseURL
    let outcome: DriverCheckResult.Outcome
    do throws(ChatFailure) {
      let connection = try settings.connection(
        to: driver, rowBaseURL: baseURL, transport: observed)
      address = connection.baseURL
      outcome = try await ask(model, over: connection)
    } catch {
      outcome = Self.outcome(error, observed.progress, driver.providerType)
    }
    return DriverCheckResult(
      providerType: driver.providerType, baseURL: address, model: model, outcome: outcome)
  }

  private func ask(
    _ model: String, over connection: DriverConnection
  ) async throws(ChatFailure) -> DriverCheckResult.Outcome {
    let start = now()
    var firstPiece: Duration?
    var reply = ChatReply()
    do {
      let request = ChatRequest(model: model, messages: [.user(Self.question)])
      for try await event in code.stream(request, over: connection) {
        switch event {
        case .text, .reasoning, .call: firstPiece = firstPiece ?? now() - start
        case .usage, .finished: break
        }
        reply.add(event)
      }
    } catch {
      throw ChatFailure(error)
    }
    try reply.checkEnd()
    let end = now() - start
    return .answered(text: reply.text, firstPiece: firstPiece ?? end, whole: end, reply.usage)
  }

  /// The outcome of a failed request, which depends on how far it got.
  private static func outcome(
    _ failure: ChatFailure, _ progress: ObservedTransport.Progress, _ providerType: String
  ) -> DriverCheckResult.Outcome {
    let message = TurnFailure(failure, providerType: providerType).message
    if failure == .missingAPIKey { return .settingMissing(message) }
    return switch progress {
    case .notSent: .settingMissing(message)
    case .sent: .unreachable(message)
    case .answered: .refused(message)
    }
  }
}

/// A transport that remembers how far a request got.
private final class ObservedTransport: HTTPTransport {
  enum Progress {
    case notSent
    case sent
    case answered
  }

  private let transport: any HTTPTransport
  private let state = Mutex(Progress.notSent)

  init(_ transport: any HTTPTransport) {
    self.transport = transport
  }

  var progress: Progress { state.withLock { $0 } }

  func send(_ request: TransportRequest) async throws -> TransportResponse {
    state.withLock { $0 = .sent }
    let response = try await transport.send(request)
    state.withLock { $0 = .answered }
    return response
  }
}
