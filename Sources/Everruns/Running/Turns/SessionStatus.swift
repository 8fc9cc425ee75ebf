/// Whether a session has something to do.
///
/// It is never stored: it follows from the session's turns, so that no crash can leave a session
/// active for ever.
package enum SessionStatus: String, CaseIterable, Sendable {
  /// Nobody has said anything yet.
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
