import Files
import Foundation
import Messages

extension Context {
  /// The context of this process: its streams, environment, folder, clock and user.
  public static func process() -> Context {
    // A closed pipe is then a write error, which ends the program quietly; so is a file that
    // exceeds a limit (setrlimit(2), `RLIMIT_FSIZE`).
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let interrupts = ProcessInterrupts()
    var context = Context(
      output: DescriptorStream(STDOUT_FILENO), errorOutput: DescriptorStream(STDERR_FILENO),
      readInput: { limit in
        try OpenFile.read(STDIN_FILENO, shownAs: FilePath("-"), atMost: limit)
      },
      environment: { getenv($0).map(String.init(keepingCString:)) },
      workingDirectory: workingDirectory,
      now: { Date() },
      userID: Int(getuid()), isInputTerminal: isatty(STDIN_FILENO) == 1,
      readLine: interrupts.readLine, interrupts: interrupts, timeZone: { .current })
    // Freeing a connection starts a thread, which takes a twentieth of a run with nothing to do.
    context.dispose = { _ = Unmanaged.passRetained($0) }
    return context
  }
}

extension Context {
  /// The working folder of the process; `nil` if it was removed.
  private static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(keepingCString: path)
  }

  /// The words of this process's command line, without the name of the program.
  ///
  /// - Returns: `nil` if not even the program's name is given.
  static var words: [String]? {
    let count = Int(CommandLine.argc)
    guard count > 0 else { return nil }
    let words = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: count)
    return words.dropFirst().compactMap { $0.map(String.init(keepingCString:)) }
  }
}

extension String {
  /// The text of a C string, whose bytes need not be UTF-8.
  fileprivate init(keepingCString pointer: UnsafeMutablePointer<CChar>) {
    let bytes = UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))
    self.init(keeping: bytes)
  }
}
