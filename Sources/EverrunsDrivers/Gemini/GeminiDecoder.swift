import Everruns
import EverrunsDocuments

/// Reads the pieces of generated content.
struct GeminiDecoder: AnswerDecoder {
  private let model: String
  private var hasCalls = false
  private var finish: FinishReason?
  private var responseID: String?

  init(model: String) {
    self.model = model
  }

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    let data = try AnswerData.object(of: event)
    if let error = ProviderError(.object(data)) { throw error.failureInStream }
    responseID = responseID ?? data.text("responseId")
    var events: [ChatEvent] = []
    if data.object("promptFeedback")?.text("blockReason") != nil {
      finish = .contentFilter
    }
    if let candidate = data.objects("candidates").first {
      events += candidate.object("content")?.objects("parts").flatMap { read($0) } ?? []
      if let word = candidate.text("finishReason") { finish = try Self.reason(word) }
    }
    if let usage = data.object("usageMetadata") {
      events.append(
        .usage(
          TokenUsage(inputTokens: usage.integer("promptTokenCount") ?? 0)
            + TokenUsage(outputTokens: usage.integer("candidatesTokenCount") ?? 0)
            + TokenUsage(outputTokens: usage.integer("thoughtsTokenCount") ?? 0)))
    }
    return events
  }

  /// The service sends no end marker after the finish reason: the end of the body is the end.
  mutating func end() -> [ChatEvent] {
    guard let finish else { return [] }
    return [.finished(hasCalls ? .toolCalls : finish, responseID: responseID)]
  }

  private mutating func read(_ part: JSONObject) -> [ChatEvent] {
    if let call = part.object("functionCall") {
      hasCalls = true
      return [
        .call(
          ToolCall(
            id: call.text("id") ?? "", name: call.text("name") ?? "",
            arguments: call["args"] ?? [:],
            signature: CallState(part).document.map { GeminiFormat.signature($0, from: model) }))
      ]
    }
    return part.piece("text", part["thought"] == true ? ChatEvent.reasoning : ChatEvent.text)
  }

  private static func reason(_ word: String) throws(ChatFailure) -> FinishReason {
    switch word {
    case "STOP": return .stop
    case "MAX_TOKENS": return .length
    case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII": return .contentFilter
    case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL":
      // The model wrote something that the service could not read; the next try is another one.
      throw .transient("the model wrote a call that its provider could not read")
    default: return .other(word)
    }
  }
}
