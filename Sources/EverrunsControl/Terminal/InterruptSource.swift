/// Where somebody asks the program to stop, as with Ctrl-C.
public protocol InterruptSource: AnyObject {
  /// Whether somebody asked since the watch began.
  var isPending: Bool { get }
  /// Begins to watch, if it has not begun: a request is from now on noticed and not carried out.
  func begin()
  /// Ends the watch: a request stops the program at once, as it does other programs.
  func end()
}

/// A world in which nobody interrupts.
public final class NoInterrupts: InterruptSource {
  /// A source of nothing.
  public init() {}

  /// Never.
  public let isPending = false

  /// Does nothing.
  public func begin() {}

  /// Does nothing.
  public func end() {}
}
