/// What a plan does with one row.
package enum SeedAction: String, CaseIterable, Sendable {
  /// The row is made.
  case create
  /// The row gets other content.
  case update
  /// The row is as it should be.
  case unchanged
  /// The row is neither made nor changed, because something it needs is not there.
  case skip
  /// The row is left as it is, because it is somebody's.
  case keep
  /// The row stays and is no longer a built-in.
  case release
  /// The row is removed.
  case delete
  /// The row cannot be made or changed until somebody decides.
  case blocked

  /// What is done, in half a sentence.
  package var summary: String {
    switch self {
    case .create: "the row is created"
    case .update: "the row gets other content"
    case .unchanged: "the row is up to date"
    case .skip: "the row is neither created nor changed: something it needs is missing"
    case .keep: "the row is left as it is"
    case .release: "the row stays, as the organization's own"
    case .delete: "the row is deleted"
    case .blocked: "the row needs a decision"
    }
  }

  /// Whether carrying out the plan changes something in the store.
  package var writes: Bool { isDifference && self != .blocked }

  /// Whether carrying out the plan would leave a difference or make one: what `--exit-code`
  /// counts.
  package var isDifference: Bool {
    switch self {
    case .create, .update, .release, .delete, .blocked: true
    case .unchanged, .skip, .keep: false
    }
  }
}
