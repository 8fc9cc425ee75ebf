/// Where text is written to.
public protocol TextOutput: AnyObject {
  /// Whether people see the stream on a terminal.
  var isTerminal: Bool { get }
  /// How many columns the terminal has; `nil` where there is none.
  var width: Int? { get }
  /// Writes a text, at once.
  ///
  /// - Throws: ``OutputFailure``
  func write(_ text: String) throws(OutputFailure)
  /// Writes bytes that need not be text, at once.
  ///
  /// - Throws: ``OutputFailure``
  func write(_ bytes: [UInt8]) throws(OutputFailure)
}

/// Why a text could not be written.
public enum OutputFailure: Error, Equatable, Sendable {
  /// Nobody reads the other end any more. That is no failure worth a message.
  case closed
  /// The system's error number.
  case system(Int32)
}
