import Foundation
import Testing

/// Where colours are used, for standard output and standard error apart.
@Suite struct ColorTests {
  /// Runs the program with some of its streams on a terminal of 80 columns, and gives what came
  /// out on standard output, standard error and the terminal.
  private func onTerminal(
    _ sandbox: Sandbox, streams: [Int], _ line: String, environment: [String: String] = [:]
  ) throws -> Outcome {
    let program = """
      import fcntl, os, pty, struct, sys, termios
      streams = [int(s) for s in sys.argv[1].split(',') if s]
      master, slave = pty.openpty()
      fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
      child = os.fork()
      if child == 0:
          for stream in streams:
              os.dup2(slave, stream)
          os.close(master); os.close(slave)
          os.execv(sys.argv[2], sys.argv[2:])
      os.close(slave)
      text = b''
      while True:
          try:
              piece = os.read(master, 65536)
          except OSError:
              break
          if not piece:
              break
          text += piece
      status = os.waitpid(child, 0)[1]
      open('terminal', 'wb').write(text.replace(b'\\r\\n', b'\\n'))
      sys.exit(os.waitstatus_to_exitcode(status))
      """
    let outcome = try sandbox.run(
      [
        "/usr/bin/python3", "-c", program, streams.map(String.init).joined(separator: ","),
        Program.path,
      ] + line.split(separator: " ").map(String.init), environment: environment)
    let terminal = try sandbox.read("terminal")
    return Outcome(
      command: outcome.command,
      output: streams.contains(1) ? Data(terminal.utf8) : outcome.output,
      errorOutput: streams.contains(2) ? Data(terminal.utf8) : outcome.errorOutput,
      exitCode: outcome.exitCode)
  }

  static let piped: [([String: String], String, Bool)] = [
    ([:], "", false),
    ([:], "--color always", true),
    ([:], "--color=auto", false),
    ([:], "--color never", false),
    (["NO_COLOR": "1"], "--color always", true),
    (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], "", false),
    (["NO_COLOR": "", "CLICOLOR_FORCE": "1"], "", true),
    (["CLICOLOR_FORCE": "1"], "", true),
    (["CLICOLOR_FORCE": "0"], "", false),
    (["CLICOLOR_FORCE": "1", "TERM": "dumb"], "", true),
    (["CLICOLOR_FORCE": "1"], "--color never", false),
    (["TERM": "xterm-256color"], "", false),
  ]

  @Test(arguments: piped)
  func `color in a pipe obeys --color, then NO_COLOR, then CLICOLOR_FORCE`(
    environment: [String: String], options: String, isColored: Bool
  ) throws {
    try withSandbox { sandbox in
      let result = try sandbox.run("seed preview \(options)", environment: environment)
      #expect(result.out.contains("\u{1B}[") == isColored, result.report)
      let error = try sandbox.run("platform show nope \(options)", environment: environment)
      #expect(error.err.contains("\u{1B}[") == isColored, error.report)
    }
  }

  static let terminal: [([String: String], String, Bool)] = [
    (["TERM": "xterm"], "", true),
    (["TERM": "dumb"], "", false),
    (["TERM": "dumb", "CLICOLOR_FORCE": "1"], "", true),
    (["TERM": "dumb"], "--color always", true),
    (["TERM": "xterm", "NO_COLOR": "1"], "", false),
    (["TERM": "xterm", "NO_COLOR": "1"], "--color always", true),
    (["TERM": "xterm"], "--color never", false),
    (["TERM": "xterm", "CLICOLOR_FORCE": "0"], "", true),
  ]

  @Test(
    .enabled(if: Tool.python, "needs python3"), arguments: terminal)
  func `color on a terminal is on unless disabled`(
    environment: [String: String], options: String, isColored: Bool
  ) throws {
    try withSandbox { sandbox in
      let result = try onTerminal(
        sandbox, streams: [1], "seed preview \(options)", environment: environment)
      #expect(result.exitCode == 0, result.report)
      #expect(result.out.contains("\u{1B}[") == isColored, result.report)
      let error = try onTerminal(
        sandbox, streams: [2], "platform show nope \(options)", environment: environment)
      #expect(error.exitCode == 1, error.report)
      #expect(error.err.contains("\u{1B}[") == isColored, error.report)
    }
  }

  @Test(
    .enabled(if: Tool.python, "needs python3"))
  func `each stream decides about its own color`() throws {
    try withSandbox { sandbox in
      let environment = ["TERM": "xterm"]
      let result = try onTerminal(
        sandbox, streams: [2], "seed preview", environment: environment)
      #expect(!result.out.contains("\u{1B}["), result.report)
      let error = try onTerminal(
        sandbox, streams: [1], "platform show nope", environment: environment)
      #expect(!error.err.contains("\u{1B}["), error.report)
      #expect(error.err.hasPrefix("error: no platform named 'nope'\n"), error.report)
    }
  }

  @Test(
    .enabled(if: Tool.python, "needs python3"))
  func `a table is cut to the terminal's width, and never in a pipe`() throws {
    try withSandbox { sandbox in
      let result = try onTerminal(
        sandbox, streams: [1], "capabilities list --color never", environment: ["TERM": "xterm"])
      #expect(result.lines.allSatisfy { $0.count <= 80 }, result.report)
      #expect(result.out.contains("…"), result.report)
      let piped = try sandbox.run("capabilities list")
      #expect(!piped.out.contains("…") && piped.lines.contains { $0.count > 80 }, piped.report)
    }
  }

  @Test(
    .enabled(if: Tool.python, "needs python3"), arguments: ["json", "yaml", "name"])
  func `JSON, YAML and names have no color, even on a terminal`(form: String) throws {
    try withSandbox { sandbox in
      let result = try onTerminal(
        sandbox, streams: [1], "capabilities list -o \(form) --color always",
        environment: ["TERM": "xterm"])
      try sandbox.run("capabilities list -o \(form)").expect(out: result.out)
    }
  }

  @Test func `color changes nothing but color`() throws {
    try withSandbox { sandbox in
      for line in ["seed preview -v", "capabilities list", "help", "platform validate", "status"] {
        let plain = try sandbox.run(line)
        let colored = try sandbox.run(line + " --color always")
        let uncolored = colored.out.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        #expect(uncolored == plain.out, "\(line)")
      }
    }
  }
}
