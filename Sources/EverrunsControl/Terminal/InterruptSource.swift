/// A source of interrupts, such as Ctrl-C.
public protocol InterruptSource: AnyObject {
  /// Whether an interrupt was requested since watching began.
  var isPending: Bool { get }
  /// Begins watching: interrupts are recorded instead of stopping the program.
  func begin()
  /// Ends watching: an interrupt stops the program at once, as usual.
  func end()
}

/// A source without interrupts.
public final class NoInterrupts: InterruptSource {
  /// Creates a source.
  public init() {}

  /// Always false.
  public let isPending = false

  /// Does nothing.
  public func begin() {}

  /// Does nothing.
  public func end() {}
}
