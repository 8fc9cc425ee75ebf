import Everruns
import EverrunsDocuments

extension LLMSimScript {
  /// The answer without a script.
  static let greeting = "Hello! I'm a simulated LLM response."
  /// The answer if a step only calls tools that were not offered.
  static let noTool = "No tool is available."

  /// The answer to a request, piece by piece.
  func cues(for request: ChatRequest) -> [LLMSimCue] {
    let scene = Scene(request)
    let rule = rules.first { $0.applies(to: scene.input) }
    let (failures, step) = Self.place(in: rule?.allSteps ?? [], answered: scene.answers)
    let answer = step ?? Step()
    let pace = Pace(
      model: request.model, firstDelay: answer.firstDelay, wordDelay: answer.wordDelay ?? wordDelay)
    let calls = answer.calls.filter { call in request.tools.contains { $0.name == call.name } }
    let text = scene.text(of: answer, isScripted: step != nil, hasCalls: !calls.isEmpty)
    let words = pace.cues(of: text)
    if let failure = Self.failure(among: failures, afterFailures: request.attempt - 1) {
      return words.prefix(max(0, failure.afterWords)) + failure.cues
    }
    let pieces = calls.map { call in
      // The turn gives the call an id of its own.
      ChatEvent.call(ToolCall(id: "", name: call.name, arguments: .object(call.arguments)))
    }
    let end: [ChatEvent] = [
      .usage(scene.usage(writing: text)),
      .finished(calls.isEmpty ? .stop : .toolCalls, responseID: nil),
    ]
    return words + (pieces + end).map { LLMSimCue(event: .success($0)) }
  }

  /// The step after `answered` answers to the user's last message, and the failures before it.
  private static func place(
    in steps: [Step], answered: Int
  ) -> (failures: [Step], answer: Step?) {
    var failures: [Step] = []
    var passed = 0
    for step in steps {
      if step.error != nil {
        failures.append(step)
      } else if passed == answered {
        return (failures, step)
      } else {
        passed += 1
        failures = []
      }
    }
    // After the last step, the last answer is repeated; failures after it still happen.
    return (failures, steps.last { $0.error == nil })
  }

  /// The failure of a request that has failed a number of times; `nil` if it succeeds now.
  private static func failure(among steps: [Step], afterFailures count: Int) -> Failure? {
    var rest = count
    for step in steps {
      guard let failures = step.failures else { return step.error }
      if rest < failures { return step.error }
      rest -= max(0, failures)
    }
    return nil
  }
}

/// The inputs of a script in a request.
private struct Scene {
  let input: String
  let answers: Int
  private let result: ToolResult?
  private let inputTokens: Int

  init(_ request: ChatRequest) {
    let last = request.messages.lastIndex { if case .user = $0 { true } else { false } }
    let since = request.messages[(last ?? 0)...]
    input = if case .user(let text)? = since.first { text } else { "" }
    answers = since.count { if case .agent = $0 { true } else { false } }
    let results = since.compactMap { if case .tool(let result) = $0 { result } else { nil } }
    result = results.last
    inputTokens = ([request.system] + request.messages.map(\.allText)).filter { !$0.isEmpty }
      .reduce(0) { $0 + Self.tokens($1) }
  }

  /// The text of an answer; a greeting unless the answer `isScripted`.
  func text(of step: LLMSimScript.Step, isScripted: Bool, hasCalls: Bool) -> String {
    guard isScripted else { return LLMSimScript.greeting }
    if let text = step.text { return filledIn(text) }
    if step.echo { return "Echo: \(input)" }
    if step.lorem > 0 { return Self.lorem(tokens: step.lorem) }
    return step.calls.isEmpty || hasCalls ? "" : LLMSimScript.noTool
  }

  func usage(writing text: String) -> TokenUsage {
    TokenUsage(inputTokens: inputTokens, outputTokens: Self.tokens(text))
  }

  /// About four bytes are a token.
  private static func tokens(_ text: String) -> Int { max(1, text.utf8.count / 4) }

  /// A text with the parts in braces replaced; what cannot be filled in stays.
  private func filledIn(_ text: String) -> String {
    text.replacing(#/\{(input|result(?:\.[^{}]+)?)\}/#) { match in
      value(of: match.1) ?? String(match.0)
    }
  }

  private func value(of name: Substring) -> String? {
    let keys = name.split(separator: ".").map(String.init)
    guard keys.first == "result" else { return input }
    guard let result else { return nil }
    guard keys.count > 1 else { return result.text }
    let value = keys.dropFirst().reduce(result.content as JSONValue?) { value, key in
      if case .object(let object)? = value { object[key] } else { nil }
    }
    return value.map { if case .string(let text) = $0 { text } else { $0.canonicalJSON } }
  }

  private static func lorem(tokens: Int) -> String {
    let words = [
      "lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit", "sed", "do",
    ]
    // Limits memory use.
    return (0..<min(tokens, 100_000)).map { words[$0 % words.count] }.joined(separator: " ")
  }
}

/// The speed of a simulated model.
private struct Pace {
  private let first: Duration
  private let word: Duration

  init(model: String, firstDelay: Int, wordDelay: Int) {
    var first = firstDelay
    var word = wordDelay
    if model.contains("-latency") {
      first = max(first, 400)
      word = max(word, 30)
    }
    if let match = model.firstMatch(of: #/-ttft-([0-9]{1,6})/#), let delay = Int(match.1) {
      first = delay
    }
    self.first = .milliseconds(max(0, first))
    self.word = .milliseconds(max(0, word))
  }

  /// A text word by word, each with the white space after it.
  func cues(of text: String) -> [LLMSimCue] {
    var words: [String] = []
    var isInSpace = true
    for character in text {
      if words.isEmpty || (isInSpace && !character.isWhitespace) {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
      isInSpace = character.isWhitespace
    }
    return words.enumerated().map { index, piece in
      LLMSimCue(delay: index == 0 ? first + word : word, event: .success(.text(piece)))
    }
  }
}

extension LLMSimScript.Failure {
  /// How the request ends.
  fileprivate var cues: [LLMSimCue] {
    switch kind {
    case .status:
      [
        LLMSimCue(
          event: .failure(
            ChatFailure(
              status: status, message: message,
              retryAfter: retryAfter.map { .seconds(min(max($0, 0), 86_400)) })))
      ]
    case .cutOff: []
    case .contextTooLong: [LLMSimCue(event: .failure(.contextTooLong(message)))]
    }
  }
}

extension ChatMessage {
  /// All text of the entry, of which tokens are counted.
  fileprivate var allText: String {
    switch self {
    case .user(let text): text
    case .agent(let text, let calls): text + calls.map(\.arguments.canonicalJSON).joined()
    case .tool(let result): result.text
    }
  }
}
