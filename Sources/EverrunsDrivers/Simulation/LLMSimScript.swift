public import EverrunsDocuments

/// A script for a simulated model, in the format `everruns.llmsim/v1`.
///
/// ```json
/// {
///   "format": "everruns.llmsim/v1",
///   "rules": [
///     {
///       "when": {"contains": "time"},
///       "steps": [
///         {"calls": [{"name": "get_current_time", "arguments": {}}]},
///         {"text": "It is {result.datetime}."}
///       ]
///     },
///     {"otherwise": {"echo": true}}
///   ]
/// }
/// ```
///
/// The first rule whose condition holds for the user's last message gives the answer. The steps of
/// a rule are the answers of one turn, in order; the last one is repeated as often as needed. A
/// step says `text`, `echo` (the user's message) or `lorem` (a number of tokens), or makes `calls`,
/// or both. `{result}` in a text is the last tool's result, `{result.key}` a part of it, and
/// `{input}` the user's message. Calls of tools that are not offered are left out; if nothing is
/// left to say, the answer is "No tool is available."
///
/// A step with an `error` is not an answer: it fails the request before the answer of the next step,
/// always, or as often as `failures` says.
public struct LLMSimScript: Sendable {
  var wordDelay = 0
  var rules: [Rule] = []

  /// A script without rules: every answer is the same sentence.
  public init() {}

  /// The script that a document holds.
  ///
  /// - Parameter node: The document as read from JSON or YAML.
  /// - Throws: ``DocumentRefusal`` with all errors and their positions.
  package init(reading node: SourceNode) throws(DocumentRefusal) {
    self = try Self.coding.read(node, format: Self.format)
  }

  /// The script that a JSON text holds.
  ///
  /// - Throws: ``DocumentRefusal`` with all errors and their positions.
  public init(json text: String) throws(DocumentRefusal) {
    try self.init(reading: SourceNode(json: text.utf8))
  }

  /// The rules of the script.
  struct Rule: Sendable {
    var condition: Condition?
    var steps: [Step] = []
    var otherwise: Step?

    /// The steps, from either form.
    var allSteps: [Step] { steps + (otherwise.map { [$0] } ?? []) }

    func applies(to message: String) -> Bool {
      guard let condition else { return true }
      return message.lowercased().contains(condition.contains.lowercased())
    }
  }

  /// The condition of a rule.
  struct Condition: Sendable {
    var contains = ""
  }

  /// An answer, or a failure before it.
  struct Step: Sendable {
    var text: String?
    var echo = false
    var lorem = 0
    var calls: [Call] = []
    var firstDelay = 0
    var wordDelay: Int?
    var error: Failure?
    var failures: Int?
  }

  /// A tool call.
  struct Call: Sendable {
    var name = ""
    var arguments: JSONObject = [:]
  }

  /// How a request fails.
  struct Failure: Sendable {
    enum Kind: String, CaseIterable, Sendable {
      /// The provider responds with an HTTP status.
      case status
      /// The answer is truncated.
      case cutOff = "cut_off"
      /// The conversation is too long for the model.
      case contextTooLong = "context_too_long"
    }

    var kind = Kind.status
    var status = 500
    var message = "simulated failure"
    var retryAfter: Int?
    var afterWords = 0
  }
}

// MARK: - The document

extension LLMSimScript {
  static let format = FormatVersion(name: "everruns.llmsim", major: 1, minor: 0)

  static let coding = ObjectCoding<LLMSimScript>(
    noun: "llmsim script", blank: LLMSimScript(),
    fields: [
      .format(format),
      .defaulted("word_delay_ms", \.wordDelay, .integer),
      .required("rules", \.rules, .list(Rule.coding.value)),
    ])
}

extension LLMSimScript.Rule {
  fileprivate static let coding = ObjectCoding<Self>(
    noun: "rule", blank: Self(),
    fields: [
      .defaulted("when", \.condition, .orNull(LLMSimScript.Condition.coding.value)),
      .defaulted("steps", \.steps, .list(LLMSimScript.Step.coding.value)),
      .defaulted("otherwise", \.otherwise, .orNull(LLMSimScript.Step.coding.value)),
    ])
}

extension LLMSimScript.Condition {
  fileprivate static let coding = ObjectCoding<Self>(
    noun: "condition", blank: Self(), fields: [.required("contains", \.contains, .text)])
}

extension LLMSimScript.Step {
  fileprivate static let coding = ObjectCoding<Self>(
    noun: "step", blank: Self(),
    fields: [
      .defaulted("text", \.text, .orNull(.text)),
      .defaulted("echo", \.echo, .bool),
      .defaulted("lorem", \.lorem, .integer),
      .defaulted("calls", \.calls, .list(LLMSimScript.Call.coding.value)),
      .defaulted("first_delay_ms", \.firstDelay, .integer),
      .defaulted("word_delay_ms", \.wordDelay, .orNull(.integer)),
      .defaulted("error", \.error, .orNull(LLMSimScript.Failure.coding.value)),
      .defaulted("failures", \.failures, .orNull(.integer)),
    ])
}

extension LLMSimScript.Call {
  fileprivate static let coding = ObjectCoding<Self>(
    noun: "call", blank: Self(),
    fields: [
      .required("name", \.name, .text),
      .defaulted("arguments", \.arguments, .anyObject),
    ])
}

extension LLMSimScript.Failure {
  fileprivate static let coding = ObjectCoding<Self>(
    noun: "error", blank: Self(),
    fields: [
      .defaulted("kind", \.kind, .choice()),
      .defaulted("status", \.status, .integer),
      .defaulted("message", \.message, .text),
      .defaulted("retry_after_s", \.retryAfter, .orNull(.integer)),
      .defaulted("after_words", \.afterWords, .integer),
    ])
}
