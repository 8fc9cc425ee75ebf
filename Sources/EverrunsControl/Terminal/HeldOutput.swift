import EverrunsStore

/// A stream that can hold back its output until it is known to be correct.
final class HeldOutput: TextOutput {
  /// Called before each write to the stream itself.
  var willWrite: () -> Void = {}
  private let output: any TextOutput
  private var held: [[UInt8]]?

  init(_ output: any TextOutput) {
    self.output = output
  }

  var isTerminal: Bool { output.isTerminal }
  var width: Int? { output.width }

  func write(_ text: String) throws(OutputFailure) {
    guard held == nil else { return hold(Array(text.utf8)) }
    willWrite()
    try output.write(text)
  }

  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    guard held == nil else { return hold(bytes) }
    willWrite()
    try output.write(bytes)
  }

  private func hold(_ bytes: [UInt8]) { held?.append(bytes) }

  /// Holds back everything written from now on.
  func hold() { held = held ?? [] }

  /// Writes the held output and stops holding back.
  func release() throws(OutputFailure) {
    let pieces = held ?? []
    held = nil
    if !pieces.isEmpty { willWrite() }
    for piece in pieces { try output.write(piece) }
  }

  /// Discards the held output.
  func discard() { held = nil }
}
