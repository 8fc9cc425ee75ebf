/// The action of a plan on one row.
package enum SeedAction: String, CaseIterable, Sendable {
  /// The row is created.
  case create
  /// The row is updated.
  case update
  /// The row is up to date.
  case unchanged
  /// The row is neither created nor updated, because a requirement is missing.
  case skip
  /// The row is left alone, because someone edited or owns it.
  case keep
  /// The row stays but is no longer a built-in.
  case release
  /// The row is deleted.
  case delete
  /// The row cannot be created or updated until someone decides.
  case blocked

  /// A summary, as half a sentence.
  package var summary: String {
    switch self {
    case .create: "the row is created"
    case .update: "the content of the row changes"
    case .unchanged: "the row is up to date"
    case .skip: "the row is neither created nor changed because something it needs is missing"
    case .keep: "the row is left alone"
    case .release: "the row becomes the organization's own"
    case .delete: "the row is deleted"
    case .blocked: "the row needs a decision"
    }
  }

  /// Whether applying the plan changes the store.
  package var writes: Bool { isDifference && self != .blocked }

  /// Whether applying the plan makes or leaves a difference, as counted by `--exit-code`.
  package var isDifference: Bool {
    switch self {
    case .create, .update, .release, .delete, .blocked: true
    case .unchanged, .skip, .keep: false
    }
  }
}
