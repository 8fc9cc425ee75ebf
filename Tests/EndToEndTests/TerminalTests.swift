import Foundation
import Testing

/// How the program behaves among other programs and under the hands of people.
@Suite struct TerminalTests {
  @Test func `names of a list can be another command's arguments`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run([
        "/bin/bash", "-c",
        "\(Program.path) capabilities list -o name --risk high"
          + " | xargs \(Program.path) capabilities show -o json",
      ])
      outcome.expect()
      #expect(
        try outcome.json().elements.map { $0["id"].text } == [
          "container_sandbox", "daytona", "deno", "e2b", "sprites",
        ])
    }
  }

  @Test func `a reader that stops early is not a failure`() throws {
    try withSandbox { sandbox in
      for command in ["seed preview -v", "platform export", "capabilities list -o json", "help"] {
        let outcome = try sandbox.shell(
          "for i in 1 2 3; do everrunsctl \(command) | head -c 1 >/dev/null;"
            + " echo ${PIPESTATUS[0]}; done")
        outcome.expect(out: "0\n0\n0\n")
      }
    }
  }

  @Test func `an interrupt ends a command at once, with 130 in the shell`() throws {
    try withSandbox { sandbox in
      // The command waits for its input, which never ends; 'set -m' lets it have the signal.
      let outcome = try sandbox.shell(
        """
        set -m
        mkfifo pipe
        sleep 30 > pipe & writer=$!
        "$EVERRUNSCTL" harnesses add - < pipe & reader=$!
        sleep 0.3
        kill -INT $reader
        wait $reader
        echo $?
        kill $writer
        """)
      outcome.expect(out: "130\n", err: nil)
    }
  }
}
