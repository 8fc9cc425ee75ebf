/// The next work of a turn, derived from its row.
package enum TurnWork: Sendable, Hashable {
  /// Ask the model.
  ///
  /// The last request of a turn is made without tools, and the model is told.
  case reason(isLast: Bool)
  /// Give these calls a result, at once and in any order.
  case act([ToolCallWork])
  /// Record that the turn is cancelled.
  case cancel
  /// Nothing: the turn is not running.
  case nothing
}

/// What a tool call needs to get its result.
package enum ToolCallWork: Sendable, Hashable {
  /// Run it. If `isRepeat`, it began before and may have had its effect.
  case run(ToolCallRecord, isRepeat: Bool)
  /// Give it up: its worker died while it ran, and it must not run twice.
  case declareUnknown(ToolCallRecord)
}

extension TurnMachine {
  /// What a turn needs next.
  ///
  /// - Parameters:
  ///   - turn: The turn.
  ///   - calls: The calls of the current iteration, in order.
  /// - Returns: The next step; ``TurnWork/nothing`` unless the turn is running.
  package func work(of turn: Turn, calls: [ToolCallRecord]) -> TurnWork {
    guard turn.status == .running else { return .nothing }
    if turn.cancelRequestedAt != nil { return .cancel }
    switch turn.step {
    case .reason:
      return .reason(isLast: isLast(turn))
    case .act:
      return .act(
        calls.compactMap { record in
          switch (record.state, record.effect) {
          case (.pending, _): .run(record, isRepeat: false)
          case (.running, .pure), (.running, .idempotent): .run(record, isRepeat: true)
          case (.running, .atMostOnce): .declareUnknown(record)
          case (.ended, _): nil
          }
        })
    }
  }

  /// Whether the turn's current request to the model is its last.
  package func isLast(_ turn: Turn) -> Bool { turn.iteration >= limits.iterations }
}
