public import EverrunsStore

/// An output stream for text.
public protocol TextOutput: AnyObject {
  /// Whether the stream is a terminal.
  var isTerminal: Bool { get }
  /// The width of the terminal in columns; `nil` if it is not a terminal.
  var width: Int? { get }
  /// Writes text without buffering.
  ///
  /// - Throws: ``OutputFailure``
  func write(_ text: String) throws(OutputFailure)
  /// Writes bytes, which need not be text, without buffering.
  ///
  /// - Throws: ``OutputFailure``
  func write(_ bytes: [UInt8]) throws(OutputFailure)
}
