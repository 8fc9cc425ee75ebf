import Everruns
import EverrunsStore
import Logging

/// Asks the model.
struct ReasonStep: Sendable {
  let turn: RunningTurn
  let context: TurnContext
  /// Whether the request is the last one of the turn.
  let isLast: Bool
  let runner: TurnRunner

  /// Runs the step.
  ///
  /// - Returns: Whether another step follows.
  func run() async throws -> Bool {
    let target: Target
    do throws(TurnFailure) {
      target = try self.target()
    } catch {
      return try await turn.record(.failed(error))
    }
    let preparation = TurnPreparation(context, in: runner.platform, runner.implementations)
    let conversation: Conversation
    do {
      conversation = try Conversation(context.history)
    } catch {
      throw StepFault(cause: error)
    }
    let tools = preparation.tools(isLast: isLast)
    let request = ChatRequest(
      model: target.model, system: preparation.system(isLast: isLast),
      messages: conversation.messages, tools: tools.map(\.specification),
      reasoningEffort: context.reasoningEffort, attempt: context.state.turn.failures + 1)
    let began = try await turn.record(
      .reasonBegan(
        ReasonStart(
          harnessID: context.session.harnessID, agentID: context.session.agentID,
          model: target.model,
          unavailableCapabilities: preparation.toolset.unavailable.map(\.id))))
    // Cancellation may have been requested.
    guard began else { return false }
    let answer = ChatAnswer(turn: turn)
    let stream = target.driver.stream(request, over: target.connection)
    switch try await answer.receive(stream) {
    case .complete(let reply, let duration):
      return try await turn.record(
        .reasoned(
          ReasonEnd(
            reply: reply, model: target.model, providerType: target.providerType,
            tools: Dictionary(tools.map { ($0.name, $0.effect) }) { first, _ in first },
            duration: duration)))
    case .failed(let failure):
      return try await fail(failure, target)
    case .stopped: throw CancellationError()
    }
  }

  private func fail(_ failure: ChatFailure, _ target: Target) async throws -> Bool {
    var reason = TurnFailure(failure, providerType: target.providerType)
    // Custom drivers may repeat the key, as providers do.
    if let key = target.connection.apiKey {
      reason = TurnFailure(code: reason.code, message: key.redacted(from: reason.message))
    }
    turn.logger.warning("the model gave no answer: \(reason.message)")
    if case .transient(_, let retryAfter) = failure {
      return try await turn.record(.failedForNow(reason, retryAfter: retryAfter))
    }
    return try await turn.record(.failed(reason))
  }

  /// The destination of a request.
  private struct Target {
    let driver: any ChatDriver
    let connection: DriverConnection
    let model: String
    let providerType: String
  }

  private func target() throws(TurnFailure) -> Target {
    guard !context.harnesses.isEmpty else { throw .harnessGone(context.session.harnessID) }
    switch context.model {
    case .none: throw .noModel
    case .gone(let id): throw .modelGone(id)
    case .found(_, let model, let providerType, let baseURL):
      guard let driver = runner.platform.drivers[providerType] else {
        throw .driverNotRegistered(providerType: providerType)
      }
      guard let code = runner.implementations.code(of: driver) else {
        throw .driverNotImplemented(providerType: providerType)
      }
      do throws(ChatFailure) {
        return Target(
          driver: code,
          connection: try runner.settings.connection(
            to: driver, rowBaseURL: baseURL, transport: runner.transport),
          model: model, providerType: providerType)
      } catch {
        throw TurnFailure(error, providerType: providerType)
      }
    }
  }
}
