/// A role that a harness template can have.
///
/// Behavior depends on roles, never on names.
public enum HarnessRole: String, CaseIterable, Sendable {
  /// Used if a session names no harness and its organization has set no base harness.
  case base
  /// Becomes the default harness when an organization is initialized.
  case `default`
  /// Used by the global chat.
  case chat
}
