extension Sandbox {
  /// Runs the program on a terminal of its own, which Python drives.
  ///
  /// - Parameters:
  ///   - words: The words of the command line.
  ///   - script: Python statements; `fd` is the terminal, and `pid` the program.
  /// - Returns: The output and exit code of the script.
  /// - Throws: An error of starting Python.
  func onTerminal(_ words: [String], script: String) throws -> Outcome {
    let fork = """
      import os, pty, signal, sys
      pid, fd = pty.fork()
      if pid == 0:
          os.execv(sys.argv[1], sys.argv[1:])
      """
    return try run(["/usr/bin/python3", "-c", fork + "\n" + script, Program.path] + words)
  }
}
