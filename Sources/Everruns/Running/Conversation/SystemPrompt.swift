/// The instructions before a conversation.
package struct SystemPrompt: Sendable, Hashable {
  /// The instructions of capabilities, in order.
  package var capabilities: [CapabilityInstructions] = []
  /// The harness's prompt, with those of its parents.
  package var harness = ""
  /// The agent's prompt.
  package var agent = ""
  /// The session's own prompt.
  package var session = ""
  /// The user's language, such as `de-CH`.
  package var locale: String?
  /// Whether this is the turn's last request, which offers no tools.
  package var isLastRequest = false

  /// No instructions.
  package init() {}

  /// The whole text, with an empty line between two parts; empty if there is none.
  ///
  /// Each capability's part is in a tag with its id, so that models and readers can tell where a
  /// sentence comes from.
  package var text: String {
    var parts = capabilities.map { "<\($0.capability)>\n\($0.text)\n</\($0.capability)>" }
    parts += [harness, agent, session]
    if let locale, !locale.isEmpty {
      parts.append("The user's locale is \(locale).")
    }
    if isLastRequest {
      parts.append(
        "No more tools can be called in this turn. Answer now with what you have found so far.")
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

/// The instructions of a capability.
package struct CapabilityInstructions: Sendable, Hashable {
  /// The capability's id.
  package var capability: String
  /// The instructions.
  package var text: String

  /// Instructions from their parts.
  package init(capability: String, text: String) {
    self.capability = capability
    self.text = text
  }
}
