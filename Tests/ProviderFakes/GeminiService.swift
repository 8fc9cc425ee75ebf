import EverrunsDocuments

/// Google's Gemini.
///
/// https://ai.google.dev/api/generate-content
///
/// Models whose name begins with `gemini-3` give every call an id and the first one a thought
/// signature, and refuse calls of the current turn that come back without:
/// https://ai.google.dev/gemini-api/docs/thought-signatures
enum GeminiService {
  static func understand(_ body: JSONObject, model: String) throws -> Understood {
    try body.requireKeys(
      ["contents"], optional: ["tools", "systemInstruction", "generationConfig"], in: "the body")
    var result = Understood(model: model)
    let isNew = model.hasPrefix("gemini-3")
    for part in try body.object("systemInstruction")?.requireObjects("parts") ?? [] {
      result.system += try part.requireText("text")
    }
    if let configuration = body.object("generationConfig") {
      try configuration.requireKeys(["thinkingConfig"], in: "generationConfig")
      let thinking = try configuration.requireObject("thinkingConfig")
      try thinking.requireKeys(
        ["includeThoughts", isNew ? "thinkingLevel" : "thinkingBudget"], in: "thinkingConfig")
      guard thinking["includeThoughts"] == true else { throw Complaint("no thoughts") }
      result.effort =
        isNew
        ? try thinking.requireText("thinkingLevel")
        : thinking.integer("thinkingBudget").map(String.init)
      result.reasons = true
    }
    if body["tools"] != nil {
      let tools = try body.requireObjects("tools")
      result.tools = try requireUnique(
        try tools.flatMap { tool in
          try tool.requireKeys(["functionDeclarations"], in: "a tool")
          return try tool.requireObjects("functionDeclarations").map(readDeclaration)
        })
    }
    try readContents(try body.requireObjects("contents"), isNew: isNew, &result)
    return result
  }

  private static func readDeclaration(_ declaration: JSONObject) throws -> String {
    try declaration.requireKeys(
      ["name", "description"], optional: ["parameters"], in: "a declaration")
    if let schema = declaration.object("parameters") {
      guard schema.object("properties")?.isEmpty == false else {
        throw Complaint("parameters.properties: should be non-empty for OBJECT type")
      }
      try readSchema(schema)
    }
    return try declaration.requireText("name")
  }

  /// Checks a schema, a subset of OpenAPI's schema object.
  ///
  /// https://ai.google.dev/api/caching#Schema
  private static func readSchema(_ schema: JSONObject) throws {
    try schema.requireKeys(
      [],
      optional: [
        "anyOf", "description", "enum", "format", "items", "maxItems", "maximum", "minItems",
        "minimum", "nullable", "properties", "required", "title", "type",
      ], in: "a schema")
    if schema["type"] == "string", let format = schema.text("format") {
      guard ["enum", "date-time"].contains(format) else {
        throw Complaint("only 'enum' and 'date-time' are supported for STRING type")
      }
    }
    for property in schema.object("properties")?.members ?? [] {
      guard case .object(let property) = property.value else { throw Complaint("not a schema") }
      try readSchema(property)
    }
    if let items = schema.object("items") { try readSchema(items) }
    for choice in schema.objects("anyOf") { try readSchema(choice) }
  }

  private static func readContents(
    _ contents: [JSONObject], isNew: Bool, _ result: inout Understood
  ) throws {
    let turnStart = contents.lastIndex { content in
      content["role"] == "user" && content.objects("parts").contains { $0["text"] != nil }
    }
    var expectedRole = "user"
    var open: [(name: String, id: String?)] = []
    for (index, content) in contents.enumerated() {
      try content.requireKeys(["role", "parts"], in: "contents[\(index)]")
      guard content["role"] == .string(expectedRole) else {
        throw Complaint(
          "Please ensure that function call turn comes immediately after a user turn")
      }
      expectedRole = expectedRole == "user" ? "model" : "user"
      let parts = try content.requireObjects("parts")
      guard !parts.isEmpty else { throw Complaint("contents.parts must not be empty.") }
      if content["role"] == "user" { result.results = [] }
      for part in parts {
        if let call = part.object("functionCall") {
          try part.requireKeys(["functionCall"], optional: ["thoughtSignature"], in: "a part")
          try call.requireKeys(["name", "args"], optional: ["id"], in: "a functionCall")
          _ = try call.requireObject("args")
          let isChecked = isNew && open.isEmpty && index > (turnStart ?? 0)
          guard !isChecked || part["thoughtSignature"] == .string(signature) else {
            throw Complaint("Function call is missing a thought_signature in functionCall parts.")
          }
          open.append((try call.requireText("name"), call.text("id")))
          result.callCount += 1
        } else if let answer = part.object("functionResponse") {
          try answer.requireKeys(["name", "response"], optional: ["id"], in: "a functionResponse")
          _ = try answer.requireObject("response")
          guard !open.isEmpty, open.removeFirst() == (answer.text("name") ?? "", answer.text("id"))
          else { throw Complaint("a function response that matches no function call") }
          result.results.append(
            JSONValue.object(try answer.requireObject("response")).canonicalJSON)
        } else {
          try part.requireKeys(["text"], in: "a part")
          let text = try part.requireText("text")
          guard !text.isEmpty else {
            throw Complaint("Unable to submit request because it must have a text parameter.")
          }
          if content["role"] == "user" {
            result.question = text
            result.results = []
          }
        }
      }
      guard open.isEmpty || content["role"] == "model" else {
        throw Complaint(
          "Please ensure that the number of function response parts is equal to the number of "
            + "function call parts of the function call turn.")
      }
    }
    guard open.isEmpty, expectedRole == "model" else {
      throw Complaint("there is nothing to answer")
    }
  }

  private static let signature = seal("thoughts")

  static func events(
    _ reply: Reply, to request: Understood, _ form: Manner.Form
  ) -> [StreamEvent] {
    let isNew = request.model.hasPrefix("gemini-3")
    var parts: [JSONObject] = []
    if request.reasons {
      parts += Reply.thoughts.map { ["text": .string($0), "thought": true] }
    }
    let texts = form == .whole ? [reply.text.joined()].filter { !$0.isEmpty } : reply.text
    parts += texts.map { ["text": .string($0)] }
    for (index, call) in reply.calls.enumerated() {
      var content: JSONObject = [
        "name": .string(call.name), "args": .object(call.arguments),
      ]
      if isNew { content["id"] = .string("call-\(request.callCount + index + 1)") }
      var part: JSONObject = ["functionCall": .object(content)]
      // Of calls at once, the first one alone has a signature.
      if isNew, index == 0 { part["thoughtSignature"] = .string(signature) }
      parts.append(part)
    }
    if form == .emptyDeltas { parts = parts.flatMap { [["text": ""], $0] } }
    let groups = form == .whole ? [parts] : parts.map { [$0] }
    return groups.indices.map { index in
      let isLast = index == groups.count - 1
      return StreamEvent([
        "candidates": [
          .object(
            JSONObject()
              .adding(
                "content",
                ["parts": .array(groups[index].map(JSONValue.object)), "role": "model"]
              )
              // It is `STOP` also after calls.
              .adding("finishReason", isLast ? "STOP" : nil)
              .adding("index", 0))
        ],
        "usageMetadata": .object(
          JSONObject()
            .adding("promptTokenCount", .integer(Reply.usage.input))
            .adding("candidatesTokenCount", isLast ? .integer(Reply.usage.output - 3) : nil)
            .adding("thoughtsTokenCount", isLast ? 3 : nil)
            .adding("totalTokenCount", .integer(Reply.usage.input))),
        "modelVersion": .string(request.model), "responseId": "r1",
      ])
    }
  }
}
