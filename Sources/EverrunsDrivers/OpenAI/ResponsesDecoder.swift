import Everruns
import EverrunsDocuments

/// Reads the events of a response.
struct ResponsesDecoder: AnswerDecoder {
  private let model: String
  /// The ids of the items that have been read.
  private var met: Set<String> = []
  /// The encrypted reasoning that no call has followed yet.
  private var reasoning: [JSONValue] = []
  private var hasText = false
  private var hasCalls = false

  init(model: String) {
    self.model = model
  }

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    guard event.data != "[DONE]" else { return [] }
    let data = try AnswerData.object(of: event)
    switch data.text("type") ?? event.type {
    case "response.output_text.delta", "response.refusal.delta":
      return text(data.text("delta"))
    case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
      return data.piece("delta", ChatEvent.reasoning)
    case "response.output_item.done":
      return data.object("item").map { read($0) } ?? []
    case "response.completed", "response.incomplete":
      return end(data.object("response") ?? [:])
    case "response.failed":
      throw AnswerData.failure(in: data.object("response") ?? [:])
    case "error":
      throw AnswerData.failure(in: data)
    default:
      // Each of the many other events repeats or announces one of these.
      return []
    }
  }

  /// The end is an event: a body without it was truncated.
  mutating func end() -> [ChatEvent] { [] }

  private mutating func text(_ piece: String?) -> [ChatEvent] {
    guard let piece, !piece.isEmpty else { return [] }
    hasText = true
    return [.text(piece)]
  }

  /// Reads an item that is complete: a call, or reasoning to be sent back with the next call.
  private mutating func read(_ item: JSONObject) -> [ChatEvent] {
    let id = item.text("call_id") ?? item.text("id") ?? ""
    switch item.text("type") {
    case "reasoning"?:
      if item.text("encrypted_content") != nil, id.isEmpty || met.insert(id).inserted {
        reasoning.append(.object(item))
      }
      return []
    case "function_call"?:
      guard id.isEmpty || met.insert(id).inserted else { return [] }
      hasCalls = true
      defer { reasoning = [] }
      return [
        .call(
          ToolCall(
            id: id, name: item.text("name") ?? "", argumentsText: item.text("arguments") ?? "",
            signature: reasoning.isEmpty
              ? nil : ResponsesFormat.signature(.array(reasoning), from: model)))
      ]
    default: return []
    }
  }

  private mutating func end(_ response: JSONObject) -> [ChatEvent] {
    // Items without an event are in the complete response at least.
    let output = response.objects("output")
    var events =
      hasText
      ? []
      : output.flatMap { $0.objects("content") }.flatMap { part in
        text(part.text("text") ?? part.text("refusal"))
      }
    events += output.filter { $0.text("call_id") ?? $0.text("id") != nil }.flatMap { read($0) }
    if let usage = response.object("usage") {
      events.append(
        .usage(
          TokenUsage(
            inputTokens: usage.integer("input_tokens") ?? 0,
            outputTokens: usage.integer("output_tokens") ?? 0)))
    }
    events.append(.finished(reason(response), responseID: response.text("id")))
    return events
  }

  private func reason(_ response: JSONObject) -> FinishReason {
    switch response.object("incomplete_details")?.text("reason") {
    case "max_output_tokens"?: .length
    case "content_filter"?: .contentFilter
    case let word?: .other(word)
    case nil: hasCalls ? .toolCalls : .stop
    }
  }
}
