/// In which of the ways that are seen in the field an answer is streamed.
package struct Manner: Sendable {
  /// What the events have in them.
  package enum Form: String, CaseIterable, Sendable {
    /// As the documentation shows it.
    case documented
    /// The reason for the end says that the model was done, also after calls.
    case stopAfterCalls
    /// Events without anything in them, before and between the others.
    case emptyDeltas
    /// The arguments of every call arrive one character at a time.
    case argumentsInPieces
    /// Nothing arrives in pieces: text and calls come whole, with as few events as can be.
    case whole
  }

  /// How the events are written.
  package enum Framing: String, CaseIterable, Sendable {
    /// As the documentation shows it.
    case documented
    /// Lines end in CR and LF.
    case carriageReturns
    /// Comments keep the connection alive.
    case comments
    /// The data of an event is spread over several lines.
    case multilineData
    /// No space follows a colon, and unknown fields stand between.
    case terse
    /// The empty line after the last event is missing.
    case noLastBlankLine
  }

  /// How the answer ends.
  package enum Ending: String, CaseIterable, Sendable {
    /// With its end.
    case whole
    /// With an error event, after the first text.
    case error
    /// In the middle of an event, as the body of the response ends.
    case cutOff
    /// In the middle of an event, as the connection breaks.
    case broken
  }

  /// What the events have in them.
  package var form = Form.documented
  /// How the events are written.
  package var framing = Framing.documented
  /// How the answer ends.
  package var ending = Ending.whole

  /// A manner from its parts; what is left out is as documented.
  package init(
    form: Form = .documented, framing: Framing = .documented, ending: Ending = .whole
  ) {
    self.form = form
    self.framing = framing
    self.ending = ending
  }
}
