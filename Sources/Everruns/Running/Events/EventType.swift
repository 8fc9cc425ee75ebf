/// The types of events of a session.
///
/// The names are those of the Rust control plane (`docs/event-reference.md` of everruns/everruns).
public enum EventType: String, CaseIterable, Sendable {
  /// A message of the user arrived.
  case inputMessage = "input.message"
  /// The session was created.
  case sessionStarted = "session.started"
  /// The session was idle and now works on a turn.
  case sessionActivated = "session.activated"
  /// No turn of the session is left to run.
  case sessionIdled = "session.idled"
  /// A turn began.
  case turnStarted = "turn.started"
  /// A turn ended with an answer.
  case turnCompleted = "turn.completed"
  /// A turn ended without an answer.
  case turnFailed = "turn.failed"
  /// A turn was cancelled.
  case turnCancelled = "turn.cancelled"
  /// A request to the model began; every attempt has one.
  case reasonStarted = "reason.started"
  /// The model answered.
  case reasonCompleted = "reason.completed"
  /// A message of the model began; every attempt has one, with the same message id.
  case outputMessageStarted = "output.message.started"
  /// A piece of a message's text. It is streamed and not kept.
  case outputMessageDelta = "output.message.delta"
  /// A message of the model is complete.
  case outputMessageCompleted = "output.message.completed"
  /// The token usage of a request to the model.
  case llmGeneration = "llm.generation"
  /// The tools that the model called are about to run.
  case actStarted = "act.started"
  /// Every tool that the model called has a result.
  case actCompleted = "act.completed"
  /// A tool began.
  case toolStarted = "tool.started"
  /// A tool reports its progress.
  case toolProgress = "tool.progress"
  /// A tool ended.
  case toolCompleted = "tool.completed"
}
