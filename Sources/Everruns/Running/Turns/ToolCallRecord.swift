package import Foundation

/// A tool call of a turn: one row, which records whether the call has run.
package struct ToolCallRecord: Sendable, Hashable {
  /// The state of a call.
  package enum State: Sendable, Hashable {
    /// It has not begun.
    case pending
    /// It began; this is written before anything is executed.
    case running(since: Date)
    /// It has a result.
    case ended(ToolResult, startedAt: Date, endedAt: Date)
  }

  /// The call; its id is unique in the turn.
  package let call: ToolCall
  /// The iteration whose answer made the call.
  package let iteration: Int
  /// The place among the calls of that answer, counted from 1.
  package let number: Int
  /// Whether it may run a second time.
  package let effect: ToolEffect
  /// Its state.
  package var state: State

  /// A call from its parts.
  package init(
    call: ToolCall, iteration: Int, number: Int, effect: ToolEffect, state: State = .pending
  ) {
    self.call = call
    self.iteration = iteration
    self.number = number
    self.effect = effect
    self.state = state
  }

  /// The result, once there is one.
  package var result: ToolResult? {
    if case .ended(let result, _, _) = state { result } else { nil }
  }
}
