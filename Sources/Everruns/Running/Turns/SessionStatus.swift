/// Whether a session has unfinished turns.
///
/// It is derived from the session's turns and never stored, so that a crash cannot leave a session
/// active forever.
package enum SessionStatus: String, CaseIterable, Sendable {
  /// No message has been posted yet.
  case started
  /// A turn runs or waits to run.
  case active
  /// All turns have ended.
  case idle

  /// The status of a session with these numbers of turns.
  package init(turns: Int, unfinished: Int) {
    self = unfinished > 0 ? .active : turns > 0 ? .idle : .started
  }
}
