import EverrunsDocuments

/// A fake of a model provider: a pure function from requests to answers.
///
/// It checks a request as strictly as the service does (address, headers, schema, order of roles,
/// an answer to every call, what the model gave with a call sent back unchanged), and streams what
/// the documentation of the service shows.
package struct ProviderFake: Sendable {
  /// The service that it plays.
  package let service: Service
  /// The key that it lets in.
  package let key: String
  /// How it streams its answers.
  package let manner: Manner
  private let reply: @Sendable (Understood) -> Reply

  /// A fake of a service.
  ///
  /// - Parameters:
  ///   - service: The service.
  ///   - key: The key that requests must have.
  ///   - manner: How the service streams an answer.
  ///   - reply: Decides the model's answer to a request.
  package init(
    _ service: Service, key: String = "fake-key-0123456789", manner: Manner = Manner(),
    reply: @escaping @Sendable (Understood) -> Reply = Reply.weather
  ) {
    self.service = service
    self.key = key
    self.manner = manner
    self.reply = reply
  }

  /// The answer to a request.
  package func answer(_ request: ServiceRequest) -> ServiceAnswer {
    do {
      let understood = try understand(request)
      return stream(events(reply(understood), to: understood))
    } catch let complaint as Complaint {
      return refusal(complaint)
    } catch {
      return refusal(Complaint("We could not parse the JSON body of your request."))
    }
  }

  /// What a request asks.
  ///
  /// - Throws: ``Complaint`` if the service would refuse it.
  package func understand(_ request: ServiceRequest) throws -> Understood {
    guard request.method == "POST" else {
      throw Complaint("Method \(request.method) is not allowed", status: 405)
    }
    guard request.headers["content-type"]?.hasPrefix("application/json") == true else {
      throw Complaint("Unsupported content type", status: 415)
    }
    // A key in an address is a key in every log on the way.
    guard !request.target.contains(key) else { throw Complaint("a key in the URL") }
    let body = {
      guard case .object(let object) = try JSONValue(json: request.body) else {
        throw Complaint("The body must be an object")
      }
      return object
    }
    switch service {
    case .chatCompletions:
      try requireBearer(request, path: "/v1/chat/completions")
      return try ChatCompletionsService.understand(body())
    case .responses:
      try requireBearer(request, path: "/v1/responses")
      return try ResponsesService.understand(body())
    case .anthropicMessages:
      try require(request, path: "/v1/messages")
      guard request.headers["x-api-key"] == key else {
        throw Complaint("invalid x-api-key", status: 401, type: "authentication_error")
      }
      guard request.headers["anthropic-version"] == "2023-06-01" else {
        throw Complaint("anthropic-version: header is required")
      }
      return try AnthropicService.understand(body())
    case .gemini:
      let path = request.target.wholeMatch(
        of: #/\/v1beta\/models\/([A-Za-z0-9._-]+):streamGenerateContent\?alt=sse/#)
      guard let model = path.map({ String($0.output.1) }) else {
        throw Complaint("Not found: \(request.target)", status: 404, type: "NOT_FOUND")
      }
      guard request.headers["x-goog-api-key"] == key else {
        throw Complaint(
          "API key not valid. Please pass a valid API key.", type: "INVALID_ARGUMENT")
      }
      return try GeminiService.understand(body(), model: model)
    }
  }

  private func require(_ request: ServiceRequest, path: String) throws {
    guard request.target == path else {
      throw Complaint(
        "Invalid URL (\(request.method) \(request.target))", status: 404, type: "not_found_error")
    }
  }

  private func requireBearer(_ request: ServiceRequest, path: String) throws {
    try require(request, path: path)
    guard request.headers["authorization"] == "Bearer \(key)" else {
      let given = request.headers["authorization"]?.split(separator: " ").last ?? ""
      throw Complaint("Incorrect API key provided: \(given).", status: 401)
    }
  }

  private func events(_ reply: Reply, to request: Understood) -> [StreamEvent] {
    switch service {
    case .chatCompletions: ChatCompletionsService.events(reply, to: request, manner.form)
    case .responses: ResponsesService.events(reply, to: request, manner.form)
    case .anthropicMessages: AnthropicService.events(reply, to: request, manner.form)
    case .gemini: GeminiService.events(reply, to: request, manner.form)
    }
  }

  private func stream(_ events: [StreamEvent]) -> ServiceAnswer {
    var events = events
    if manner.ending == .error {
      events = events.prefix(events.count / 2) + [errorEvent]
    }
    var pieces = events.indices.map {
      events[$0].bytes(manner.framing, isLast: $0 == events.count - 1)
    }
    switch manner.ending {
    case .whole, .error: break
    case .cutOff, .broken:
      pieces = Array(pieces.prefix(pieces.count / 2 + 1))
      pieces[pieces.count - 1] = Array(pieces[pieces.count - 1].dropLast(5))
    }
    return ServiceAnswer(pieces: pieces, ending: manner.ending == .broken ? .broken : .whole)
  }

  private func refusal(_ complaint: Complaint) -> ServiceAnswer {
    ServiceAnswer(
      status: complaint.status, headers: [("content-type", "application/json")],
      pieces: [Array(JSONValue.object(errorBody(complaint)).canonicalJSON.utf8)])
  }

  /// An error in the body of a response.
  private func errorBody(_ complaint: Complaint) -> JSONObject {
    let (message, type) = (JSONValue.string(complaint.message), JSONValue.string(complaint.type))
    return switch service {
    case .chatCompletions, .responses:
      ["error": ["message": message, "type": type, "param": nil, "code": nil]]
    case .anthropicMessages:
      ["type": "error", "error": ["type": type, "message": message], "request_id": "req_1"]
    case .gemini:
      [
        "error": [
          "code": .integer(complaint.status), "message": message,
          "status": complaint.type == "invalid_request_error" ? "INVALID_ARGUMENT" : type,
        ]
      ]
    }
  }

  /// An error in the middle of a stream: the service is overloaded.
  private var errorEvent: StreamEvent {
    switch service {
    case .chatCompletions:
      StreamEvent([
        "error": [
          "message": "Overloaded", "type": "server_error", "param": nil, "code": nil,
        ]
      ])
    case .responses:
      StreamEvent(
        "error",
        [
          "type": "error", "code": "server_error", "message": "Overloaded", "param": nil,
          "sequence_number": 9,
        ])
    case .anthropicMessages:
      StreamEvent(
        "error", ["type": "error", "error": ["type": "overloaded_error", "message": "Overloaded"]])
    case .gemini:
      StreamEvent(["error": ["code": 503, "message": "Overloaded", "status": "UNAVAILABLE"]])
    }
  }
}
