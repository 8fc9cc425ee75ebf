import Everruns
import EverrunsDocuments
import EverrunsStore

/// A message to be posted.
struct NewMessage: Sendable {
  var message = Body()
  var controls = Controls()
  var metadata: JSONObject = [:]
  var tags: [String] = []

  /// What is said.
  struct Body: Sendable {
    var role = Role.user
    var content: [Part] = []

    static let coding = ObjectCoding<Body>(
      noun: "message", blank: Body(),
      fields: [
        .defaulted("role", \.role, .choice(), "Who says it; only users post messages"),
        .required("content", \.content, .list(Part.coding.value), "The pieces, in order"),
      ])
  }

  /// Who may post messages.
  enum Role: String, CaseIterable, Sendable {
    case user
  }

  /// A piece of a message.
  struct Part: Sendable {
    var type = PartType.text
    var text = ""

    static let coding = ObjectCoding<Part>(
      noun: "content part", blank: Part(),
      fields: [
        .required("type", \.type, .choice(), "What the piece is"),
        .required("text", \.text, .text, "The text"),
      ])
  }

  /// What pieces a message can have.
  enum PartType: String, CaseIterable, Sendable {
    case text
  }

  /// How the turn is to be run.
  struct Controls: Sendable {
    var model: String?
    var reasoning = Reasoning()

    static let coding = ObjectCoding<Controls>(
      noun: "message controls", blank: Controls(),
      fields: [
        .defaulted(
          "model_id", \.model, .orNull(.text),
          "The model of this turn, by id or by its name at the provider"),
        .defaulted(
          "reasoning", \.reasoning, Reasoning.coding.value, "How the model reasons in this turn"),
      ])
  }

  /// How the model reasons.
  struct Reasoning: Sendable {
    var effort: String?

    static let coding = ObjectCoding<Reasoning>(
      noun: "reasoning", blank: Reasoning(),
      fields: [
        .defaulted(
          "effort", \.effort, .orNull(.text), "How much, in the provider's words: low, medium, high"
        )
      ])
  }

  static let coding = ObjectCoding<NewMessage>(
    noun: "message to post", blank: NewMessage(),
    fields: [
      .required("message", \.message, Body.coding.value, "What is said"),
      .defaulted("controls", \.controls, Controls.coding.value, "How the turn is to be run"),
      .defaulted(
        "metadata", \.metadata, .anyObject, "Whatever the sender wants to find again"),
      .defaulted("tags", \.tags, .list(.text), "Words to find it by"),
    ])

  /// What the store makes of it.
  ///
  /// - Throws: ``APIError`` for a message without content.
  func input(idempotencyKey: String?) throws -> TurnInput {
    guard message.content.contains(where: { !$0.text.isEmpty }) else {
      throw APIError.wrongContent(
        DocumentRefusal([
          Diagnostic(
            problem: RequestProblem.empty, at: DocumentPath().key("message").key("content"))
        ]))
    }
    var input = TurnInput(content: message.content.map { .text($0.text) })
    input.controls = MessageControls(
      modelID: controls.model, reasoningEffort: controls.reasoning.effort)
    input.metadata = metadata
    input.tags = tags
    input.idempotencyKey = idempotencyKey
    return input
  }
}
