import EverrunsSeeding
import Messages

extension SeedReason {
  /// The reason as a line of text: its code and its sentence.
  var line: String { "\(code.rawValue): \(message)".escapingControls() }
}
