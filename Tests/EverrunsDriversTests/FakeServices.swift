import Everruns
import EverrunsDocuments

@testable import EverrunsDrivers

/// The services of the four dialects, as strict with requests as the real ones.
///
/// Each answers a user's message with two calls of the tool `get_weather` at once, and the results
/// of those with a sentence.
enum FakeService {
  /// The service of a dialect; `size` is how many bytes of an answer come at once.
  static func provider(_ dialect: HTTPChatDriver.Dialect, pieces size: Int) -> FakeProvider {
    FakeProvider { request in
      do {
        let hasResults =
          switch dialect {
          case .chatCompletions: try chatCompletions(request)
          case .responses: try responses(request)
          case .anthropicMessages: try anthropic(request)
          case .gemini: try gemini(request)
          }
        let answers = answers(of: dialect)
        return FakeResponse(hasResults ? answers.text : answers.calls, pieces: size)
      } catch let complaint as Complaint {
        return .refusal(400, "{\"error\":{\"message\":\"\(complaint.message)\"}}")
      }
    }
  }

  private static func answers(
    of dialect: HTTPChatDriver.Dialect
  ) -> (calls: String, text: String) {
    switch dialect {
    case .chatCompletions: (ChatCompletionsRecording.calls, ChatCompletionsRecording.text)
    case .responses: (ResponsesRecording.calls, ResponsesRecording.text)
    case .anthropicMessages: (AnthropicRecording.calls, AnthropicRecording.text)
    case .gemini: (GeminiRecording.calls, GeminiRecording.text)
    }
  }

  // MARK: - OpenAI

  private static func chatCompletions(_ request: TransportRequest) throws -> Bool {
    try check(request, url: "https://fake.example/v1/chat/completions", key: "authorization")
    let body = try body(request)
    try body.requireKeys(
      ["model", "messages", "stream", "stream_options", "tools"], optional: ["reasoning_effort"],
      in: "the body")
    guard body["stream"] == true, body["stream_options"] == ["include_usage": true] else {
      throw Complaint("this test streams, with usage")
    }
    for tool in try body.requireObjects("tools") {
      try tool.requireKeys(["type", "function"], in: "a tool")
      try checkTool(tool.object("function") ?? [:], schema: "parameters")
    }
    var open: [String] = []
    for (index, message) in try body.requireObjects("messages").enumerated() {
      let role = try message.requireText("role")
      guard role == "tool" || open.isEmpty else {
        throw Complaint("calls \(open) are not answered")
      }
      switch role {
      case "system":
        try message.requireKeys(["role", "content"], in: "a system message")
        guard index == 0 else { throw Complaint("a late system message") }
      case "user":
        try message.requireKeys(["role", "content"], in: "a user message")
        _ = try message.requireText("content")
      case "assistant":
        try message.requireKeys(
          ["role", "content"], optional: ["tool_calls"], in: "an assistant message")
        for call in message.objects("tool_calls") {
          try call.requireKeys(["id", "type", "function"], in: "a call")
          let function = call.object("function") ?? [:]
          try function.requireKeys(["name", "arguments"], in: "a function")
          _ = try JSONValue(json: try function.requireText("arguments"))
          open.append(try call.requireText("id"))
        }
      case "tool":
        try message.requireKeys(["role", "tool_call_id", "content"], in: "a tool message")
        let id = try message.requireText("tool_call_id")
        guard let index = open.firstIndex(of: id) else { throw Complaint("no call \(id)") }
        open.remove(at: index)
      default: throw Complaint("unknown role \(role)")
      }
    }
    guard open.isEmpty else { throw Complaint("calls \(open) are not answered") }
    return try body.requireObjects("messages").last?.text("role") == "tool"
  }

  private static func responses(_ request: TransportRequest) throws -> Bool {
    try check(request, url: "https://fake.example/v1/responses", key: "authorization")
    let body = try body(request)
    try body.requireKeys(
      ["model", "input", "tools", "store", "stream"], optional: ["instructions", "reasoning"],
      in: "the body")
    for tool in try body.requireObjects("tools") {
      guard tool["type"] == "function", tool["strict"] == false else {
        throw Complaint("not a function")
      }
      var function = tool
      function["type"] = nil
      function["strict"] = nil
      try checkTool(function, schema: "parameters")
    }
    var open: Set<String> = []
    let items = try body.requireObjects("input")
    for item in items {
      switch try item.requireText("type") {
      case "message":
        try item.requireKeys(["type", "role", "content"], in: "a message")
        let type = item["role"] == "user" ? "input_text" : "output_text"
        for part in try item.requireObjects("content") {
          guard part["type"] == .string(type) else { throw Complaint("wrong kind of text") }
        }
      case "function_call":
        try item.requireKeys(["type", "call_id", "name", "arguments"], in: "a call")
        open.insert(try item.requireText("call_id"))
      case "function_call_output":
        try item.requireKeys(["type", "call_id", "output"], in: "an output")
        guard open.remove(try item.requireText("call_id")) != nil else {
          throw Complaint("No tool call found for function call output")
        }
      case let type: throw Complaint("unknown item \(type)")
      }
    }
    guard open.isEmpty else { throw Complaint("No tool output found for function call") }
    return items.last?["type"] == "function_call_output"
  }

  // MARK: - Anthropic

  private static func anthropic(_ request: TransportRequest) throws -> Bool {
    try check(request, url: "https://fake.example/v1/messages", key: "x-api-key")
    guard request.header("anthropic-version") == "2023-06-01" else {
      throw Complaint("anthropic-version: header is required")
    }
    let body = try body(request)
    try body.requireKeys(
      ["model", "max_tokens", "messages", "stream", "tools"], optional: ["system"], in: "the body")
    for tool in try body.requireObjects("tools") {
      try checkTool(tool, schema: "input_schema")
    }
    var expectedRole = "user"
    var open: [String] = []
    var used: Set<String> = []
    for message in try body.requireObjects("messages") {
      try message.requireKeys(["role", "content"], in: "a message")
      guard message["role"] == .string(expectedRole) else {
        throw Complaint("roles must alternate")
      }
      expectedRole = expectedRole == "user" ? "assistant" : "user"
      let blocks = try message.requireObjects("content")
      guard !blocks.isEmpty else { throw Complaint("a message without content") }
      var isAfterText = false
      for block in blocks {
        switch try block.requireText("type") {
        case "text":
          guard try block.requireText("text").contains(where: { !$0.isWhitespace }) else {
            throw Complaint("text content blocks must contain non-whitespace text")
          }
          isAfterText = true
        case "tool_use":
          try block.requireKeys(["type", "id", "name", "input"], in: "a tool_use")
          let id = try block.requireText("id")
          guard id.wholeMatch(of: #/[a-zA-Z0-9_-]+/#) != nil, used.insert(id).inserted,
            block.object("input") != nil
          else { throw Complaint("a wrong tool_use") }
          open.append(id)
        case "tool_result":
          try block.requireKeys(
            ["type", "tool_use_id", "content"], optional: ["is_error"], in: "a tool_result")
          let id = try block.requireText("tool_use_id")
          guard !isAfterText, let index = open.firstIndex(of: id) else {
            throw Complaint("unexpected tool_result")
          }
          open.remove(at: index)
        case let type: throw Complaint("unknown block \(type)")
        }
      }
      if message["role"] == "user", !open.isEmpty {
        throw Complaint("tool_use ids were found without tool_result blocks")
      }
    }
    guard open.isEmpty, expectedRole == "assistant" else { throw Complaint("nothing to answer") }
    return try body.requireObjects("messages").last?.objects("content").first?["type"]
      == "tool_result"
  }

  // MARK: - Gemini

  private static func gemini(_ request: TransportRequest) throws -> Bool {
    try check(
      request, url: "https://fake.example/v1/models/m:streamGenerateContent?alt=sse",
      key: "x-goog-api-key")
    let body = try body(request)
    try body.requireKeys(["contents", "tools"], optional: ["systemInstruction"], in: "the body")
    for tool in try body.requireObjects("tools") {
      for declaration in try tool.requireObjects("functionDeclarations") {
        try declaration.requireKeys(
          ["name", "description"], optional: ["parameters"], in: "a declaration")
        if let schema = declaration.object("parameters") { try checkGemini(schema) }
      }
    }
    var expectedRole = "user"
    var open: [String] = []
    for content in try body.requireObjects("contents") {
      try content.requireKeys(["role", "parts"], in: "a content")
      guard content["role"] == .string(expectedRole) else {
        throw Complaint("roles must alternate")
      }
      expectedRole = expectedRole == "user" ? "model" : "user"
      for part in try content.requireObjects("parts") {
        if let call = part.object("functionCall") {
          try call.requireKeys(["name", "args"], in: "a functionCall")
          guard part["thoughtSignature"] == "c2lnbmF0dXJl" || !open.isEmpty else {
            throw Complaint("Function call is missing a thought_signature")
          }
          open.append(try call.requireText("name"))
        } else if let result = part.object("functionResponse") {
          try result.requireKeys(["name", "response"], in: "a functionResponse")
          guard result.object("response") != nil, !open.isEmpty,
            open.removeFirst() == result.text("name")
          else { throw Complaint("a response that answers no call") }
        } else {
          _ = try part.requireText("text")
        }
      }
      if content["role"] == "user", !open.isEmpty { throw Complaint("calls are not answered") }
    }
    guard open.isEmpty, expectedRole == "model" else { throw Complaint("nothing to answer") }
    return try body.requireObjects("contents").last?.objects("parts").last?["functionResponse"]
      != nil
  }

  private static func checkGemini(_ schema: JSONObject) throws {
    try schema.requireKeys(
      ["type"],
      optional: [
        "title", "description", "nullable", "enum", "properties", "required", "items", "format",
        "minimum", "maximum",
      ], in: "a schema")
    for property in schema.object("properties")?.members ?? [] {
      guard case .object(let property) = property.value else { throw Complaint("not a schema") }
      try checkGemini(property)
    }
  }

  // MARK: - All

  private static func check(_ request: TransportRequest, url: String, key: String) throws {
    guard request.url == url else { throw Complaint("no such address: \(request.url)") }
    let prefix = key == "authorization" ? "Bearer " : ""
    guard request.header(key) == prefix + "test-key" else { throw Complaint("invalid API key") }
    guard request.header("content-type") == "application/json",
      request.header("accept") == "text/event-stream"
    else { throw Complaint("wrong media types") }
  }

  private static func checkTool(_ tool: JSONObject, schema: String) throws {
    try tool.requireKeys(["name", "description", schema], in: "a tool")
    guard tool.object(schema)?["type"] == "object" else {
      throw Complaint("the schema of a tool is not that of an object")
    }
  }
}
