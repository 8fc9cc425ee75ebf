package import EverrunsDocuments

/// A request as a service receives it.
package struct ServiceRequest: Sendable {
  /// The method, in capitals.
  package var method: String
  /// The path with its query.
  package var target: String
  /// The headers, names in lower case.
  package var headers: [String: String]
  /// The body.
  package var body: [UInt8]

  /// A request from its parts.
  package init(
    method: String = "POST", target: String, headers: [String: String], body: [UInt8]
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// What a service answers.
package struct ServiceAnswer: Sendable {
  /// The status code.
  package var status: Int
  /// The headers, names in lower case.
  package var headers: [(String, String)]
  /// The body, event by event for a stream.
  package var pieces: [[UInt8]]
  /// What happens to the connection after the last piece.
  package var ending = Ending.whole

  /// What happens to a connection after the last piece of an answer.
  package enum Ending: Sendable {
    /// The body ends.
    case whole
    /// The connection breaks.
    case broken
    /// Nothing more comes, until the other side gives up.
    case held
  }

  /// An answer from its parts.
  package init(
    status: Int = 200, headers: [(String, String)] = [("content-type", "text/event-stream")],
    pieces: [[UInt8]], ending: Ending = .whole
  ) {
    self.status = status
    self.headers = headers
    self.pieces = pieces
    self.ending = ending
  }
}

/// What a service has against a request: the status and the sentence it refuses it with.
struct Complaint: Error {
  var status = 400
  /// The service's word for the kind of error, in OpenAI's or Anthropic's spelling.
  var type = "invalid_request_error"
  let message: String

  init(_ message: String, status: Int = 400, type: String = "invalid_request_error") {
    self.message = message
    self.status = status
    self.type = type
  }
}

/// What a service has understood of a request that it accepts.
package struct Understood: Sendable, Equatable {
  /// The model.
  package var model: String
  /// The instructions before the conversation.
  package var system = ""
  /// The last text of the user.
  package var question = ""
  /// The results that the conversation ends with, in order; empty if it ends with the user's text.
  package var results: [String] = []
  /// How many calls there are in the conversation.
  package var callCount = 0
  /// The names of the tools on offer.
  package var tools: [String] = []
  /// How much the model should reason.
  package var effort: String?
  /// Whether the model reasons before this answer.
  var reasons = false

  /// A request of which nothing but the model is known yet.
  package init(model: String) {
    self.model = model
  }
}

/// What a model says.
package struct Reply: Sendable {
  /// A call of a tool.
  package struct Call: Sendable {
    /// The name of the tool.
    package var name: String
    /// The arguments.
    package var arguments: JSONObject

    /// A call from its parts.
    package init(_ name: String, _ arguments: JSONObject) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// The text, in the pieces in which it is streamed.
  package var text: [String]
  /// The calls, all at once.
  package var calls: [Call]

  /// An answer from its parts.
  package init(text: [String] = [], calls: [Call] = []) {
    self.text = text
    self.calls = calls
  }

  /// What it cost, the same for every answer: tokens read and written.
  static let usage = (input: 20, output: 9)
  /// What the model reasons, where it does.
  static let thoughts = ["Two cities,", " two calls."]

  /// Asks for the weather in two cities at once if there is a tool for it, and quotes what comes
  /// back.
  package static func weather(_ request: Understood) -> Reply {
    if !request.results.isEmpty {
      return Reply(text: ["Both are", " sunny ☀️: ", request.results.joined(separator: " and ")])
    }
    guard request.tools.contains("get_weather") else {
      return Reply(text: ["Hello", " from ", request.model])
    }
    return Reply(
      text: ["Let me see."],
      calls: [
        Call("get_weather", ["location": "Bern"]), Call("get_weather", ["location": "Zürich"]),
      ])
  }
}
