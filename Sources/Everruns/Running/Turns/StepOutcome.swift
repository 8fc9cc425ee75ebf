/// A worker's report about a turn; each case is one transaction.
package enum StepOutcome: Sendable, Hashable {
  /// A request to the model is about to be sent.
  case reasonBegan(ReasonStart)
  /// The model gave a complete answer.
  case reasoned(ReasonEnd)
  /// A tool is about to run; the number is the call's in the current iteration.
  case toolBegan(number: Int)
  /// A call has its result; the number is the call's in the current iteration.
  ///
  /// A call that cannot be executed at all gets its result without having begun.
  case toolEnded(number: Int, ToolResult)
  /// The step failed and may succeed later.
  case failedForNow(TurnFailure, retryAfter: Duration?)
  /// The step failed and always will.
  case failed(TurnFailure)
  /// The work was stopped because cancellation was requested.
  case cancelled
  /// The worker shuts down and releases the turn.
  case givenBack
}

/// The data about the beginning of a request to the model.
package struct ReasonStart: Sendable, Hashable {
  /// The id of the session's harness.
  package var harnessID: String
  /// The id of the session's agent, if it has one.
  package var agentID: String?
  /// The model, by the provider's name.
  package var model: String
  /// The capabilities of the session that this worker cannot execute, by id.
  package var unavailableCapabilities: [String]

  /// A start from its parts.
  package init(
    harnessID: String, agentID: String? = nil, model: String,
    unavailableCapabilities: [String] = []
  ) {
    self.harnessID = harnessID
    self.agentID = agentID
    self.model = model
    self.unavailableCapabilities = unavailableCapabilities
  }
}

/// The data about the end of a request to the model.
package struct ReasonEnd: Sendable, Hashable {
  /// The answer.
  package var reply: ChatReply
  /// The model, by the provider's name.
  package var model: String
  /// The provider's type.
  package var providerType: String
  /// The tools that were offered, each with its effect.
  package var tools: [String: ToolEffect]
  /// How long the request took.
  package var duration: Duration

  /// An end from its parts.
  package init(
    reply: ChatReply, model: String, providerType: String, tools: [String: ToolEffect],
    duration: Duration
  ) {
    self.reply = reply
    self.model = model
    self.providerType = providerType
    self.tools = tools
    self.duration = duration
  }
}
