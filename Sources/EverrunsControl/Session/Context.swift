public import Foundation

/// The environment of a run of the program: everything it may read from or write to.
///
/// Only the executable accesses the process, the clock and the terminal, so tests and other
/// programs can provide a context of their own.
public struct Context {
  /// The stream for results.
  public var output: any TextOutput
  /// The stream for everything else.
  public var errorOutput: any TextOutput
  /// Reads the next bytes of standard input, up to a number; fewer only at its end.
  public var readInput: (Int) throws -> [UInt8]
  /// Looks up a variable of the environment.
  ///
  /// ``process()`` represents bytes that are not UTF-8 as private-use characters, from which paths
  /// are restored.
  public var environment: (String) -> String?
  /// The folder for relative paths; `nil` if it was removed.
  public var workingDirectory: String?
  /// The current time.
  public var now: () -> Date
  /// The user id.
  public var userID: Int
  /// Whether someone can answer questions.
  public var isInputTerminal: Bool
  /// Reads one line of standard input; `nil` at its end, or once an interrupt is pending.
  public var readLine: () -> String?
  /// The source of interrupts.
  public var interrupts: any InterruptSource
  /// The time zone for displaying times.
  public var timeZone: () -> TimeZone
  /// Takes an object that is no longer used; a process that ends need not free its memory.
  var dispose: (AnyObject) -> Void = { _ in }

  /// Creates a context.
  public init(
    output: any TextOutput, errorOutput: any TextOutput,
    readInput: @escaping (Int) throws -> [UInt8], environment: @escaping (String) -> String?,
    workingDirectory: String?, now: @escaping () -> Date, userID: Int,
    isInputTerminal: Bool = false, readLine: @escaping () -> String? = { nil },
    interrupts: any InterruptSource = NoInterrupts(), timeZone: @escaping () -> TimeZone = { .gmt }
  ) {
    self.output = output
    self.errorOutput = errorOutput
    self.readInput = readInput
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.now = now
    self.userID = userID
    self.isInputTerminal = isInputTerminal
    self.readLine = readLine
    self.interrupts = interrupts
    self.timeZone = timeZone
  }

  /// A variable of the environment; `nil` if it is unset or empty.
  func variable(_ name: String) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
