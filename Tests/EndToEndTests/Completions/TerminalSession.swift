import Foundation
import Testing

extension Sandbox {
  /// The words on a shell's command line after completion.
  ///
  /// For each line, a terminal receives the line, the completion key, and an `X`.
  ///
  /// - Parameters:
  ///   - lines: The lines, one after the other in one shell.
  ///   - shell: The shell with its options, separated by blanks.
  ///   - setup: The command line that prepares the shell.
  /// - Returns: The words of each line.
  /// - Throws: An error if the shell cannot be started.
  func wordsAfterCompleting(
    _ lines: [String], in shell: String, _ setup: String
  ) throws -> [[String]] {
    let folder = (Program.path as NSString).deletingLastPathComponent
    let driver = try write("driver.py", Self.typist)
    let outcome = try run(
      ["/usr/bin/python3", driver, shell, setup] + lines,
      environment: [
        "PATH": folder + ":/usr/bin:/bin", "TERM": "xterm", "HOME": root + "/shell",
        "EVERRUNS_STORE": store,
      ])
    outcome.expect(out: nil)
    return outcome.lines.map { line in
      line.dropFirst().dropLast().components(separatedBy: "><")
    }
  }

  /// A Python program that types: Python opens a terminal in a few lines.
  private static let typist = #"""
    import os
    import pty
    import select
    import sys

    SECONDS = 30
    TAB, TO_BEGIN, TO_END, ENTER = "\t", "\x01", "\x05", "\r"
    # What is typed must not look like what is printed.
    PRINTING_READY, READY = "printf '%s%s\\n' rea dy.", "ready."

    program, setup, *lines = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(program.split()[0], program.split())
    shown = ""


    def type_and_wait(keys):
        global shown
        os.write(terminal, (keys + ENTER).encode())
        while READY not in shown:
            if not select.select([terminal], [], [], SECONDS)[0]:
                sys.exit(f"after {keys!r} there is only {shown!r}")
            shown += os.read(terminal, 1 << 16).decode(errors="replace")
            # fish asks what terminal this is, and waits for the answer: xterm's DA1.
            for question in ("\x1b[0c", "\x1b[c"):
                if question in shown:
                    os.write(terminal, b"\x1b[?62c")
                    shown = shown.replace(question, "")
        shown = shown.partition(READY)[2]


    type_and_wait(f"{setup}; {PRINTING_READY}")
    for line in lines:
        words = f"{line}{TAB}X{TO_BEGIN}printf '<%s>' {TO_END}"
        type_and_wait(f"{words} >> words; printf '\\n' >> words; {PRINTING_READY}")
    os.close(terminal)
    os.waitpid(child, 0)
    with open("words", encoding="utf-8") as words:
        sys.stdout.write(words.read())
    """#
}
