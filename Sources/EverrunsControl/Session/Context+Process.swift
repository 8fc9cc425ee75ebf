import Foundation

extension Context {
  /// The world of this process: its streams, environment, folder, clock and user.
  public static func process() -> Context {
    // A closed pipe is then an error of the write, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    return Context(
      output: DescriptorStream(STDOUT_FILENO), errorOutput: DescriptorStream(STDERR_FILENO),
      readInput: { limit in
        try DocumentFile.read(STDIN_FILENO, shownAs: "-", atMost: limit)
      },
      environment: { getenv($0).map { String(cString: $0) } }, workingDirectory: workingDirectory,
      now: { Date() },
      userID: Int(getuid()), isInputTerminal: isatty(STDIN_FILENO) == 1,
      readLine: { Swift.readLine() }, releaseMemory: ProgramMemory.release,
      interrupts: ProcessInterrupts(), timeZone: { .current })
  }
}

extension Context {
  /// The folder that the process runs in; where it was removed meanwhile, the one that has all.
  private static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
