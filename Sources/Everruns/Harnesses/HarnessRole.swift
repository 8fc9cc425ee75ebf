/// A role that a harness template can have.
///
/// Behavior follows roles and never names.
public enum HarnessRole: String, CaseIterable, Sendable {
  /// Used when a session names no harness and its organization has set no base harness.
  case base
  /// Becomes the default harness of an organization when the organization is initialized.
  case `default`
  /// Used by the global chat.
  case chat
}
