public import Foundation

/// The world around a run of the program: everything it may read from or write to.
///
/// Nothing below the executable looks at the process, the clock or the terminal by itself, so that
/// a test, or another program, can hand in a world of its own.
public struct Context {
  /// Where results go.
  public var output: any TextOutput
  /// Where everything else goes.
  public var errorOutput: any TextOutput
  /// Reads all of standard input, up to a number of bytes.
  public var readInput: (Int) throws -> [UInt8]
  /// Looks up a variable of the environment.
  ///
  /// ``process()`` gives bytes that are not UTF-8 as private-use characters, from which paths are
  /// made again.
  public var environment: (String) -> String?
  /// The folder that relative paths start from; `nil` if it was removed.
  public var workingDirectory: String?
  /// What time it is.
  public var now: () -> Date
  /// The number of the user who runs the program.
  public var userID: Int
  /// Whether somebody can answer questions.
  public var isInputTerminal: Bool
  /// Reads one line of standard input; `nil` at its end.
  public var readLine: () -> String?
  /// Lets go of memory that starting took and long work does not need.
  public var releaseMemory: () -> Void
  /// Where somebody asks the program to stop.
  public var interrupts: any InterruptSource
  /// Finds the zone in which people are shown times.
  public var timeZone: () -> TimeZone

  /// A world of these parts.
  public init(
    output: any TextOutput, errorOutput: any TextOutput,
    readInput: @escaping (Int) throws -> [UInt8], environment: @escaping (String) -> String?,
    workingDirectory: String?, now: @escaping () -> Date, userID: Int,
    isInputTerminal: Bool = false, readLine: @escaping () -> String? = { nil },
    releaseMemory: @escaping () -> Void = {},
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
    self.releaseMemory = releaseMemory
    self.interrupts = interrupts
    self.timeZone = timeZone
  }

  /// A variable of the environment, if it is set to something.
  func variable(_ name: String) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
