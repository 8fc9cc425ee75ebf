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

/// A stream that writes to an open file of the process.
private final class DescriptorStream: TextOutput {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func write(_ text: String) throws(OutputFailure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EPIPE ? .closed : .system(errno)
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
