import EverrunsStore
import Foundation
import Messages

/// Shows the progress of long work on a terminal: one line that is overwritten, and nothing if the
/// work is short.
final class ProgressDisplay {
  private let output: any TextOutput
  private let now: () -> Date
  private var began: Date?
  private var phaseBegan: Date?
  private var lastShown: Date?
  private var activity: SeedProgress.Activity?
  private var isShown = false

  /// How long work takes before its progress is shown, in seconds.
  private static let patience = 0.5
  /// The minimum time between two updates, in seconds.
  private static let interval = 0.1

  init(output: any TextOutput, now: @escaping () -> Date) {
    self.output = output
    self.now = now
  }

  /// Shows a progress value.
  func show(_ progress: SeedProgress) {
    let time = now()
    let start = began ?? time
    began = start
    if activity != progress.activity {
      activity = progress.activity
      phaseBegan = time
      lastShown = nil
    }
    guard time.timeIntervalSince(start) >= Self.patience,
      lastShown.map({ time.timeIntervalSince($0) >= Self.interval }) ?? true
    else { return }
    lastShown = time
    isShown = true
    let elapsed = time.timeIntervalSince(phaseBegan ?? time)
    // Writes the new line over the old one and then clears the rest, which avoids flicker.
    try? output.write("\r" + fitted(line(progress, elapsed: elapsed)) + "\u{1B}[K")
  }

  /// Removes the line.
  func end() {
    guard isShown else { return }
    isShown = false
    try? output.write("\r\u{1B}[K")
  }

  private func line(_ progress: SeedProgress, elapsed: Double) -> String {
    guard progress.total > 0 else { return "\(progress.activity.words)..." }
    let rate = elapsed > 0 ? Int(Double(progress.done) / elapsed) : 0
    return "\(progress.activity.words) \(progress.done) of \(count(progress.total, "organization"))"
      + (rate > 0 ? ", \(rate) per second" : "")
  }

  private func fitted(_ line: String) -> String {
    String(line.prefix(max(10, (output.width ?? 80) - 1)))
  }
}

extension SeedProgress.Activity {
  /// The phase, as the beginning of a sentence.
  fileprivate var words: String {
    switch self {
    case .comparing: "Comparing"
    case .writing: "Writing"
    case .committing: "Committing"
    }
  }
}
