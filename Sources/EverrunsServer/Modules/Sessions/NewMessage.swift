import Everruns
import EverrunsDocuments
import EverrunsStore

/// A message to be posted.
struct NewMessage: Sendable {
  var message = Body()
  var controls = Controls()
  var metadata: JSONObject = [:]
  var tags: [String] = []

  /// The message.
  struct Body: Sendable {
    var role = Role.user
    var content: [Part] = []

    static let coding = ObjectCoding<Body>(
      noun: "message", blank: Body(),
      fields: [
        .defaulted("role", \.role, .choice(), "The role of the sender; only users post messages"),
        .required("content", \.content, .list(Part.coding.value), "The content parts, in order"),
      ])
  }

  /// The roles that can post messages.
  enum Role: String, CaseIterable, Sendable {
    case user
  }

  /// A content part of a message.
  struct Part: Sendable {
    var type = PartType.text
    var text = ""

    static let coding = ObjectCoding<Part>(
      noun: "content part", blank: Part(),
      fields: [
        .required("type", \.type, .choice(), "The type of the part"),
        .required("text", \.text, .text, "The text"),
      ])
  }

  /// The types of content parts.
  enum PartType: String, CaseIterable, Sendable {
    case text
  }

  /// Settings of the turn that answers the message.
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
          "effort", \.effort, .orNull(.text),
          "The effort, in the provider's terms: low, medium, high"
        )
      ])
  }

  static let coding = ObjectCoding<NewMessage>(
    noun: "message to post", blank: NewMessage(),
    fields: [
      .required("message", \.message, Body.coding.value, "The message"),
      .defaulted(
        "controls", \.controls, Controls.coding.value,
        "Settings of the turn that answers the message"),
      .defaulted(
        "metadata", \.metadata, .anyObject, "Metadata of the sender"),
      .defaulted("tags", \.tags, .list(.text), "Tags"),
    ])

  /// The value for the store.
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
