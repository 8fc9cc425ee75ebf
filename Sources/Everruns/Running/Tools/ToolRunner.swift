import EverrunsDocuments

/// Runs tool calls, and turns every outcome into a result that the model reads.
package struct ToolRunner: Sendable {
  /// The tools that were offered.
  private let toolset: Toolset
  private let log: @Sendable (ToolCall, any Error) -> String
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Creates a runner of tools.
  ///
  /// - Parameters:
  ///   - toolset: The tools that were offered.
  ///   - sleep: Waits for the time limit of a tool.
  ///   - log: Logs an error of a tool that is not meant for the model, and returns the id of the
  ///     log entry.
  package init(
    _ toolset: Toolset,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    log: @escaping @Sendable (ToolCall, any Error) -> String
  ) {
    self.toolset = toolset
    self.sleep = sleep
    self.log = log
  }

  /// Why a call is refused before anything is executed; `nil` if it can be executed.
  package func refusal(of call: ToolCall) -> ToolResult? {
    if toolset[call.name] != nil, case .object = call.arguments { return nil }
    return explanation(of: call)
  }

  /// Runs a call.
  ///
  /// A tool that exceeds its time limit and ignores its cancellation is abandoned: nothing waits
  /// for it forever.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - context: Creates the context for the tool of an entry.
  /// - Returns: The tool's value, or an explanation for the model: the call is invalid, or the tool
  ///   refused, failed or took too long.
  /// - Throws: `CancellationError` if the task was cancelled first.
  package func run(
    _ call: ToolCall, in context: @Sendable (Toolset.Entry) -> ToolContext
  ) async throws(CancellationError) -> ToolResult {
    guard let entry = toolset[call.name], case .object(let arguments) = call.arguments else {
      return explanation(of: call)
    }
    let (tool, context) = (entry.tool, context(entry))
    switch await race(for: tool.timeout, { try await tool.execute(arguments, in: context) }) {
    case .ended(.success(let value)):
      return ToolResult(of: call, returning: value)
    case .ended(.failure(let refusal as ToolRefusal)):
      return ToolResult(of: call, endingAs: .error, because: refusal.message)
    case .ended(.failure(let error)):
      if Task.isCancelled { throw CancellationError() }
      return ToolResult(
        of: call, endingAs: .error,
        because: "the tool failed; see the platform's log: \(log(call, error))")
    case .timedOut:
      return ToolResult(
        of: call, endingAs: .timeout,
        because: "the tool took longer than \(tool.timeout.formatted)")
    case .cancelled:
      throw CancellationError()
    }
  }

  /// Why a call cannot be executed.
  private func explanation(of call: ToolCall) -> ToolResult {
    guard toolset[call.name] != nil else {
      let names = toolset.tools.map { "'\($0.tool.name)'" }.joined(separator: ", ")
      return ToolResult(
        of: call, endingAs: .error,
        because: "there is no tool '\(call.name)'; "
          + (names.isEmpty ? "no tool is available" : "the tools are \(names)"))
    }
    let text =
      if case .string(let text) = call.arguments { text } else { call.arguments.canonicalJSON }
    let reason: String
    do throws(DocumentSyntaxError) {
      _ = try JSONValue(json: text)
      reason = "they must be a JSON object"
    } catch {
      reason = "\(error.message), at line \(error.place.line), column \(error.place.column)"
    }
    return ToolResult(of: call, endingAs: .error, because: "invalid arguments: \(reason)")
  }

  private enum Finish: Sendable {
    case ended(Result<JSONValue, any Error>)
    case timedOut
    case cancelled
  }

  /// What comes first: the end of a body, a time limit, or the cancellation of this task.
  private func race(
    for limit: Duration, _ body: @escaping @Sendable () async throws -> JSONValue
  ) async -> Finish {
    let (finishes, continuation) = AsyncStream.makeStream(
      of: Finish.self, bufferingPolicy: .bufferingOldest(1))
    let work = Task {
      do {
        continuation.yield(.ended(.success(try await body())))
      } catch {
        continuation.yield(.ended(.failure(error)))
      }
      continuation.finish()
    }
    let timer = Task { [sleep] in
      if (try? await sleep(limit)) != nil { continuation.yield(.timedOut) }
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    // Ends without an element when this task is cancelled.
    for await finish in finishes { return finish }
    return .cancelled
  }
}

extension Duration {
  /// The duration in seconds, as people say it.
  fileprivate var formatted: String {
    let seconds = self / .seconds(1)
    return seconds == 1
      ? "1 second"
      : "\(JSONNumber(seconds)?.literal ?? "0") seconds"
  }
}
