import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsDrivers

/// The odd forms that answers come in.
@Suite struct DecoderTests {
  private static let a = ChatEvent.call(ToolCall(id: "a", name: "f", arguments: ["x": 1]))

  // MARK: - Chat Completions

  @Test func `calls count despite the finish reason, even in the last chunk`() throws {
    #expect(
      try chat(
        #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"stop"}]}"#,
        "[DONE]") == [Self.a, .finished(.toolCalls, responseID: nil)])
  }

  @Test func `text in the last chunk is kept`() throws {
    #expect(
      try chat(#"{"id":"r","choices":[{"delta":{"content":"all"},"finish_reason":"length"}]}"#)
        == [.text("all"), .finished(.length, responseID: "r")])
  }

  @Test func `arguments in twenty pieces are joined`() throws {
    let pieces = (0..<20).map { _ in
      #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ab"}}]}}]}"#
    }
    let begin =
      #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}}]}"#
    #expect(
      try decode(
        ChatCompletionsFormat.self,
        ([begin] + pieces + ["[DONE]"]).map { "data: \($0)\n\n" }.joined())
        == [
          .call(
            ToolCall(
              id: "a", name: "f", arguments: .string(String(repeating: "ab", count: 20)))),
          .finished(.toolCalls, responseID: nil),
        ])
  }

  @Test func `calls with missing or equal indexes are distinguished by id`()
    throws
  {
    let b = ChatEvent.call(ToolCall(id: "b", name: "g", arguments: [:]))
    for index in ["", #""index":0,"#] {
      #expect(
        try chat(
          """
          {"choices":[{"delta":{"tool_calls":[{\(index)"id":"a","function":{"name":"f",\
          "arguments":"{\\"x\\":"}}]}}]}
          """,
          """
          {"choices":[{"delta":{"tool_calls":[{\(index)"function":{"arguments":"1}"}}]}}]}
          """,
          """
          {"choices":[{"delta":{"tool_calls":[{\(index)"id":"b","function":{"name":"g"}}]}}]}
          """, "[DONE]") == [Self.a, b, .finished(.toolCalls, responseID: nil)])
    }
  }

  @Test func `arguments may be an object, and a message may come whole`() throws {
    #expect(
      try chat(
        #"{"choices":[{"message":{"content":"hi","tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":1}}}]},"finish_reason":"tool_calls"}]}"#
      ) == [.text("hi"), Self.a, .finished(.toolCalls, responseID: nil)])
  }

  @Test func `reasoning is separated from the answer, under both names`() throws {
    #expect(
      try chat(
        #"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#,
        #"{"choices":[{"delta":{"reasoning":"so"}}]}"#,
        #"{"choices":[{"delta":{"content":"yes","reasoning_content":""}}]}"#, "[DONE]")
        == [.reasoning("hm"), .reasoning("so"), .text("yes"), .finished(.stop, responseID: nil)])
  }

  @Test func `content may come in parts, with thinking among them`() throws {
    #expect(
      try chat(
        #"{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}}]}"#,
        #"{"choices":[{"delta":{"content":[{"type":"text","text":"yes"},{"type":"reference"}]}}]}"#,
        "[DONE]") == [.reasoning("hm"), .text("yes"), .finished(.stop, responseID: nil)])
  }

  @Test func `chunks after the end are ignored`() throws {
    #expect(
      try chat("[DONE]", #"{"choices":[{"delta":{"content":"more"}}]}"#, "[DONE]")
        == [.finished(.stop, responseID: nil)])
  }

  @Test func `empty chunks are ignored`() throws {
    #expect(
      try chat(
        "{}", #"{"choices":null}"#, #"{"choices":[]}"#, #"{"choices":[{}]}"#,
        #"{"choices":[{"delta":null}]}"#, #"{"choices":[{"index":1,"delta":{"content":"x"}}]}"#,
        #"{"choices":[{"delta":{"content":null,"tool_calls":null}}],"usage":null}"#, "[DONE]")
        == [.finished(.stop, responseID: nil)])
  }

  @Test func `an invalid usage is ignored`() throws {
    #expect(
      try chat(
        #"{"usage":{"prompt_tokens":-5,"completion_tokens":1e99}}"#,
        #"{"usage":{"prompt_tokens":9223372036854775807}}"#, "[DONE]")
        == [
          .usage(.zero), .usage(TokenUsage(inputTokens: .max)), .finished(.stop, responseID: nil),
        ])
  }

  // MARK: - Responses

  @Test func `a response that stays incomplete says why`() throws {
    #expect(
      try decode(
        ResponsesFormat.self,
        #"data: {"type":"response.incomplete","response":{"id":"r","incomplete_details":{"reason":"max_output_tokens"}}}"#
          + "\n\n") == [.finished(.length, responseID: "r")])
  }

  @Test func `a call that only the final response has is not lost, and none is duplicated`() throws
  {
    let item = #"{"type":"function_call","call_id":"a","name":"f","arguments":"{\"x\":1}"}"#
    #expect(
      try decode(
        ResponsesFormat.self,
        "data: {\"type\":\"response.completed\",\"response\":{\"output\":[\(item)]}}\n\n")
        == [Self.a, .finished(.toolCalls, responseID: nil)])
    #expect(
      try decode(
        ResponsesFormat.self,
        """
        data: {"type":"response.output_item.done","item":\(item)}

        data: {"type":"response.completed","response":{"output":[\(item)]}}


        """) == [Self.a, .finished(.toolCalls, responseID: nil)])
  }

  @Test func `text that only the final response has is not lost`() throws {
    #expect(
      try decode(
        ResponsesFormat.self,
        #"data: {"type":"response.completed","response":{"output":[{"id":"i","type":"message","content":[{"type":"output_text","text":"yes"}]}]}}"#
          + "\n\n") == [.text("yes"), .finished(.stop, responseID: nil)])
  }

  @Test func `refusals are text, and reasoning is kept apart`() throws {
    #expect(
      try decode(
        ResponsesFormat.self,
        """
        event: response.reasoning_summary_text.delta
        data: {"delta":"hm"}

        event: response.refusal.delta
        data: {"delta":"I won't."}

        event: response.completed
        data: {"response":{"id":"r"}}


        """) == [.reasoning("hm"), .text("I won't."), .finished(.stop, responseID: "r")])
  }

  // MARK: - Anthropic

  @Test func `thinking is reasoning, and its signature is not text`() throws {
    #expect(
      try decode(
        AnthropicFormat.self,
        """
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking"}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}

        data: {"type":"content_block_stop","index":0}

        data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"}}

        data: {"type":"message_stop"}


        """) == [.reasoning("hm"), .finished(.length, responseID: nil)])
  }

  @Test func `a call without arguments has an empty object`() throws {
    #expect(
      try decode(
        AnthropicFormat.self,
        """
        data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}

        data: {"type":"content_block_stop","index":2}

        data: {"type":"message_stop"}


        """)
        == [
          .call(ToolCall(id: "a", name: "f", arguments: [:])), .finished(.stop, responseID: nil),
        ])
  }

  // MARK: - Gemini

  @Test func `a blocked prompt ends the answer`() throws {
    #expect(
      try decode(
        GeminiFormat.self, "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n")
        == [.finished(.contentFilter, responseID: nil)])
  }

  @Test func `thoughts are reasoning, and several parts come at once`() throws {
    #expect(
      try decode(
        GeminiFormat.self,
        #"data: {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"a"},{"text":""},{"functionCall":{"name":"f"}}]},"finishReason":"MAX_TOKENS"}]}"#
          + "\n\n")
        == [
          .reasoning("hm"), .text("a"), .call(ToolCall(id: "", name: "f", arguments: [:])),
          .finished(.toolCalls, responseID: nil),
        ])
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `an answer is the same wherever it is split`(
    dialect: HTTPChatDriver.Dialect
  ) async throws {
    let text = Recordings.text(of: dialect)
    let whole = try await events(FakeResponse(text), dialect)
    #expect(!whole.isEmpty)
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      var response = FakeResponse("")
      response.pieces = [Array(bytes[..<index]), Array(bytes[index...])]
      #expect(try await events(response, dialect) == whole)
    }
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases, [1, 2, 3, 5, 7, 64])
  func `calls are the same in pieces of any size`(
    dialect: HTTPChatDriver.Dialect, size: Int
  ) async throws {
    let text = Recordings.calls(of: dialect)
    let whole = try await events(FakeResponse(text), dialect)
    #expect(ChatReply(whole).calls.count == 2)
    #expect(try await events(FakeResponse(text, pieces: size), dialect) == whole)
  }

  @Test func `an answer without an end is aborted`() throws {
    let request = ChatRequest(model: "m", messages: [])
    var reader = AnswerReader(ChatCompletionsFormat.decoder(for: request), limit: 100)
    let event = Array(#"data: {"choices":[{"delta":{"content":"ab"}}]}\#n\#n"#.utf8)
    #expect(try reader.read(event) == [.text("ab")])
    #expect(try reader.read(event) == [.text("ab")])
    #expect(throws: ChatFailure.permanent("the provider sent an answer that is too large")) {
      try reader.read(event)
    }
  }

  private func events(
    _ response: FakeResponse, _ dialect: HTTPChatDriver.Dialect
  ) async throws -> [ChatEvent] {
    try await driver(dialect).events(.hello, over: connection(.answering(response)))
  }

  private func chat(_ chunks: String...) throws -> [ChatEvent] {
    try decode(ChatCompletionsFormat.self, chunks.map { "data: \($0)\n\n" }.joined())
  }

  private func decode<Format: WireFormat>(
    _ format: Format.Type, _ stream: String
  ) throws -> [ChatEvent] {
    var reader = AnswerReader(format.decoder(for: ChatRequest(model: "m", messages: [])))
    return try reader.read(stream.utf8) + reader.finish()
  }
}
