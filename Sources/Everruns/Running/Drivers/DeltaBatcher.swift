/// Batches the pieces of a message's text, so that not every piece is a transaction.
///
/// The first piece is due immediately, because a reader waits for it. After that a batch is due
/// 100 milliseconds after the one before, or as soon as it has 4 KiB.
package struct DeltaBatcher: Sendable, Hashable {
  private let interval: Duration
  private let size: Int
  private var text = ""
  private var lastTaken: Duration?

  /// A batcher that has nothing.
  ///
  /// - Parameters:
  ///   - interval: The time between two batches.
  ///   - size: The bytes of UTF-8 that make a batch due before its time.
  package init(interval: Duration = .milliseconds(100), size: Int = 4096) {
    self.interval = interval
    self.size = size
  }

  /// When the batch is due, on the caller's clock; `nil` if there is none.
  package var deadline: Duration? {
    if text.isEmpty { return nil }
    guard let lastTaken, text.utf8.count < size else { return .zero }
    return lastTaken + interval
  }

  /// Adds a piece.
  package mutating func add(_ piece: String) {
    text += piece
  }

  /// Takes the batch if it is due.
  package mutating func take(at time: Duration) -> String? {
    guard let deadline, deadline <= time else { return nil }
    lastTaken = time
    return takeAll()
  }

  /// Takes the batch, due or not; `nil` if there is none.
  package mutating func takeAll() -> String? {
    defer { text = "" }
    return text.isEmpty ? nil : text
  }
}
