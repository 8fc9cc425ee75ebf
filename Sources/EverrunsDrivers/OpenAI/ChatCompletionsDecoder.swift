import Everruns
import EverrunsDocuments

/// Reads the chunks of a chat completion.
///
/// Text and calls are read from every chunk, whatever its `finish_reason`; calls count even if the
/// reason is `stop`.
struct ChatCompletionsDecoder: AnswerDecoder {
  private let model: String
  private var calls = PendingCalls()
  /// What `reasoning_content` had so far; `nil` if the server has no such key.
  private var reasoning: String?
  private var finish: FinishReason?
  private var responseID: String?

  init(model: String) {
    self.model = model
  }

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    if event.data == "[DONE]" {
      finish = finish ?? .stop
      return end()
    }
    let chunk = try AnswerData.object(of: event)
    if let error = ProviderError(.object(chunk)) { throw error.failureInStream }
    responseID = responseID ?? chunk.text("id")
    var events: [ChatEvent] = []
    // Only one answer was asked for; chunks with the usage have none.
    if let choice = chunk.objects("choices").first(where: { ($0.integer("index") ?? 0) == 0 }) {
      // Servers that do not stream calls put the whole message here.
      if let delta = choice.object("delta") ?? choice.object("message") {
        events += read(delta)
      }
      if let word = choice.text("finish_reason") { finish = Self.reason(word) }
    }
    if let usage = chunk.object("usage") {
      events.append(
        .usage(
          TokenUsage(
            inputTokens: usage.integer("prompt_tokens") ?? 0,
            outputTokens: usage.integer("completion_tokens") ?? 0)))
    }
    return events
  }

  mutating func end() -> [ChatEvent] {
    guard let finish else { return [] }
    // DeepSeek refuses calls that are sent back without their reasoning.
    let signature = reasoning.map { ChatCompletionsFormat.signature(.string($0), from: model) }
    let calls = calls.finish(signature: signature)
    return calls.map(ChatEvent.call)
      + [.finished(calls.isEmpty ? finish : .toolCalls, responseID: responseID)]
  }

  private mutating func read(_ delta: JSONObject) -> [ChatEvent] {
    var events: [ChatEvent] = []
    // DeepSeek, llama.cpp and older vLLM say `reasoning_content`; the others say `reasoning`.
    if let piece = delta.text("reasoning_content") {
      reasoning = (reasoning ?? "") + piece
      events.append(.reasoning(piece))
    } else if let piece = delta.text("reasoning") {
      events.append(.reasoning(piece))
    }
    events += Self.content(delta["content"])
    if let piece = delta.text("refusal") { events.append(.text(piece)) }
    for call in delta.objects("tool_calls") {
      add(call)
    }
    return events.filter { $0 != .text("") && $0 != .reasoning("") }
  }

  /// The text of a message, or of its parts: Mistral tells thinking from text by parts.
  private static func content(_ content: JSONValue?) -> [ChatEvent] {
    switch content {
    case .string(let text)?: return [.text(text)]
    case .array(let parts)?:
      return parts.flatMap { part -> [ChatEvent] in
        guard case .object(let part) = part else { return [] }
        if let text = part.text("text") { return [.text(text)] }
        return part.objects("thinking").compactMap { $0.text("text") }.map(ChatEvent.reasoning)
      }
    default: return []
    }
  }

  private mutating func add(_ call: JSONObject) {
    let function = call.object("function")
    let arguments: String
    switch function?["arguments"] {
    case .string(let piece)?: arguments = piece
    case .object(let object)?: arguments = JSONValue.object(object).canonicalJSON
    default: arguments = ""
    }
    let id = call.text("id")
    // A server without indexes sends whole calls, or continues the last one.
    let isNew = id.map { !$0.isEmpty } ?? false
    let next = (calls.lastKey ?? -1) + (isNew || calls.isEmpty ? 1 : 0)
    calls.add(
      key: call.integer("index") ?? next, id: id, name: function?.text("name"),
      arguments: arguments)
  }

  private static func reason(_ word: String) -> FinishReason {
    switch word {
    case "stop": .stop
    case "length": .length
    case "tool_calls", "function_call": .toolCalls
    case "content_filter": .contentFilter
    default: .other(word)
    }
  }
}
