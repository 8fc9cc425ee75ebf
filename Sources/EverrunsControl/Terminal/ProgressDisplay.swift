import EverrunsStore
import Foundation
import Messages

/// Shows the progress of long work, and what it waits for, on a terminal: one line that is
/// overwritten, and nothing if the work is short.
final class ProgressDisplay {
  private let output: any TextOutput
  private let now: () -> Date
  private var began: Date?
  private var phaseBegan: Date?
  private var lastShown: Date?
  private var activity: SeedProgress.Activity?
  /// The line on the terminal, if there is one.
  private var shown: String?

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
    show(fitted(line(progress, elapsed: time.timeIntervalSince(phaseBegan ?? time))))
  }

  /// Shows what is done to something, whose name is shortened in the middle to fit.
  func show(_ words: String, _ name: String) {
    let room = max(10, width - words.count - 1)
    show(fitted("\(words) \(name.escapingControls().keepingEnds(of: room))"))
  }

  private func show(_ line: String) {
    guard line != shown else { return }
    shown = line
    // Writes the new line over the old one and then clears the rest, which avoids flicker.
    try? output.write("\r" + line + "\u{1B}[K")
  }

  /// Removes the line.
  func end() {
    guard shown != nil else { return }
    shown = nil
    try? output.write("\r\u{1B}[K")
  }

  private func line(_ progress: SeedProgress, elapsed: Double) -> String {
    guard progress.total > 0 else { return "\(progress.activity.words)..." }
    let rate = elapsed > 0 ? Int(Double(progress.done) / elapsed) : 0
    return "\(progress.activity.words) \(progress.done) of \(count(progress.total, "organization"))"
      + (rate > 0 ? ", \(rate) per second" : "")
  }

  /// How much fits into a line, less the cursor.
  private var width: Int { max(10, (output.width ?? 80) - 1) }

  private func fitted(_ line: String) -> String { String(line.prefix(width)) }
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
