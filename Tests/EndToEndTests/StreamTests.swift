import Foundation
import Testing

/// Streams, exit codes and the form of errors.
@Suite struct StreamTests {
  @Test(
    arguments: [
      (
        "capabilities show daytonna -o json", "not_found", "no capability named 'daytonna'",
        "did you mean 'daytona'?", 1
      ),
      (
        "-o json capabilities show daytonna", "not_found", "no capability named 'daytonna'",
        "did you mean 'daytona'?", 1
      ),
      (
        "-o json capabilites list", "usage", "unknown command 'capabilites'",
        "did you mean 'capabilities'?", 64
      ),
      (
        "capabilites list -o json", "usage", "unknown command 'capabilites'",
        "did you mean 'capabilities'?", 64
      ),
      (
        "capabilities lsit --output=json", "usage", "'capabilities' has no command 'lsit'",
        "did you mean 'list'?", 64
      ),
      (
        "capabilities list -ojson --riks high", "usage", "unknown option '--riks'",
        "did you mean '--risk'?", 64
      ),
      (
        "capabilities list --riks high -o json", "usage", "unknown option '--riks'",
        "did you mean '--risk'?", 64
      ),
      (
        "capabilities list --risk hihg -o json", "usage", "'--risk' cannot be 'hihg'",
        "did you mean 'high'?", 64
      ),
      (
        "orgs list -s nowhere.db -o json", "no_store", "no store at 'FOLDER/nowhere.db'",
        "create one: everrunsctl store init -s nowhere.db", 66
      ),
      ("platform show none.json -o json", "no_input", "none.json: no such file", "", 66),
      (
        "platform create oss -o json", "conflict", "there is already a preset named 'oss'",
        "choose another name; names of presets are reserved", 1
      ),
      (
        "providers unregister daytona -p oss -o json", "read_only", "'oss' is read-only",
        "save a copy: everrunsctl platform create NAME --from oss", 1
      ),
      ("providers unregister -o json", "usage", "argument ID is missing", "", 64),
      (
        "harnesses remove generic -o json", "refused",
        "'platform-chat' inherits from the harness 'generic'",
        "choose what happens to them: --reparent NAME, --detach, --orphan or --cascade", 1
      ),
      (
        "platform show -o json --color sometimes", "usage", "'--color' cannot be 'sometimes'",
        "the values are auto, always and never", 64
      ),
    ])
  func `with -o json anywhere, an error is one JSON object on stderr`(
    line: String, code: String, message: String, hint: String, exit: Int32
  ) throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(line)
      outcome.expect(out: "", err: nil, exit: exit)
      try #expect(
        outcome.errorJSON() == [
          "error": [
            "code": .string(code),
            "message": .string(message.replacing("FOLDER", with: sandbox.folder)),
            "hint": hint.isEmpty ? nil : .string(hint),
            "exit_code": .number(Double(exit)),
          ]
        ], outcome.report)
      #expect(
        outcome.err.hasPrefix("{\n  \"error\": {\n    \"code\": \""), outcome.report)
    }
  }

  @Test func `an invalid output format is reported as text`() throws {
    try withSandbox { sandbox in
      try sandbox.run("capabilities list -o jsn").expectError(
        """
        error: '-o' cannot be 'jsn'
        hint: did you mean 'json'?
        usage: everrunsctl capabilities list [options]
        run 'everrunsctl capabilities list --help' for help

        """, exit: 64)
    }
  }

  @Test(
    arguments: [
      ("nonsense", "everrunsctl COMMAND [options]", "everrunsctl --help"),
      (
        "capabilities nonsense", "everrunsctl capabilities COMMAND [options]",
        "everrunsctl capabilities --help"
      ),
      (
        "harnesses show", "everrunsctl harnesses show NAME... [options]",
        "everrunsctl harnesses show --help"
      ),
      (
        "seed preview extra", "everrunsctl seed preview [options]",
        "everrunsctl seed preview --help"
      ),
    ])
  func `usage errors show the usage of the command that they are about`(
    line: String, usage: String, help: String
  ) throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(line)
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(
        outcome.err.hasSuffix("usage: \(usage)\nrun '\(help)' for help\n"), outcome.report)
    }
  }

  @Test(
    arguments: [
      "cap list", "capabilities li", "capabilities list --ris high",
      "capabilities list --outpu json",
    ])
  func `commands and options cannot be abbreviated`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.run(line).expect(out: "", err: nil, exit: 64)
    }
  }

  @Test(
    arguments: [
      "-o json -p worker drivers list", "drivers -o json list -p worker",
      "drivers list --output json --platform worker",
      "drivers list --output=json --platform=worker",
      "drivers list -ojson -pworker", "drivers list -qo json -p worker",
      "drivers list -qvojson -pworker", "drivers list -p worker -o yaml -o json",
    ])
  func `every spelling of an option is the same, anywhere after the program's name`(line: String)
    throws
  {
    try withSandbox { sandbox in
      let wanted = try sandbox.run("drivers list -p worker -o json")
      try sandbox.run(line).expect(out: wanted.out)
    }
  }

  @Test func `nothing after -- is an option`() throws {
    try withSandbox { sandbox in
      try sandbox.run("capabilities show -- -o").expectError(
        "error: no capability named '-o'\n"
          + "hint: list them: everrunsctl capabilities list\n", exit: 1)
    }
  }

  @Test(
    arguments: [
      "platform export oss", "seed preview", "capabilities list -o yaml", "help", "--version",
      "seed preview --help",
    ])
  func `a full disk is exit code 74 and says so`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.shell("everrunsctl \(line) > /dev/full").expectError(
        "error: the output cannot be written: no space left on device\n", exit: 74)
    }
  }

  @Test(
    arguments: [
      ("store init", "the change was saved"), ("orgs create X", "the change was saved"),
      ("platform create acme", "the change was saved"),
      (
        "store init -q > /dev/null; everrunsctl store backup copy.db", "the file was written"
      ), ("seed preview --out plan.json", "the file was written"),
    ])
  func `an output that cannot be written says what is done`(line: String, done: String) throws {
    try withSandbox { sandbox in
      try sandbox.shell("everrunsctl \(line) > /dev/full").expectError(
        "error: \(done), but the output cannot be written: no space left on device\n",
        exit: 74)
    }
  }

  @Test func `a copy can be written to a named pipe or one of the shell's`() throws {
    try withSandbox { sandbox in
      try sandbox.shell(
        """
        set -e
        everrunsctl store init -q > /dev/null
        everrunsctl store backup >(cat > first.db); wait $!
        mkfifo pipe; cat pipe > second.db &
        everrunsctl store backup pipe --force; wait $!
        everrunsctl store backup /dev/stdout --force | cat > third.db
        for copy in first second third; do
          everrunsctl store check -s $copy.db -q > /dev/null && echo sound
          cmp $copy.db first.db
        done
        """
      ).expect(out: "sound\nsound\nsound\n", err: nil)
    }
  }

  @Test
  func `a closed output is exit code 74, and no store is created on its descriptor`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.shell("everrunsctl seed preview >&-").expectError(
        "error: the output cannot be written: bad file descriptor\n", exit: 74)
    }
  }

  @Test func `an unwritable stderr does not change the exit code`() throws {
    try withSandbox { sandbox in
      try sandbox.shell("everrunsctl capabilities show nope 2>/dev/full").expectError("", exit: 1)
      try sandbox.shell("everrunsctl orgs list 2>/dev/full").expectError("", exit: 0)
      try sandbox.shell("everrunsctl nonsense 2>&-").expectError("", exit: 64)
    }
  }

  @Test(
    arguments: [
      "platform export oss", "seed preview -o json", "seed preview -v", "help", "capabilities list",
    ])
  func `a closed pipe ends the program quietly`(line: String) throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.shell(
        "everrunsctl \(line) | true; echo ${PIPESTATUS[0]}; "
          + "{ sleep 0.2; everrunsctl \(line); echo $? >&2; } | true")
      outcome.expect(out: "0\n", err: "0\n")
    }
  }

  @Test func `-q omits notes and next steps, never errors or results`() throws {
    try withSandbox { sandbox in
      let plain = try sandbox.run("seed preview -s new.db")
      plain.expect(
        err: """
          note: no store at '\(sandbox.path("new.db"))' yet; showing what a new one would get

          """)
      let quiet = try sandbox.run("seed preview -s new.db -q")
      quiet.expect(out: nil)
      #expect(quiet.lines + plain.lines.suffix(1) == plain.lines)
      #expect(plain.lines.last?.hasPrefix("Next: ") ?? false)
      try sandbox.run("capabilities show nope -q").expectError(
        "error: no capability named 'nope'\n"
          + "hint: list them: everrunsctl capabilities list\n", exit: 1)
    }
  }

  @Test func `every topic of help exists, and an unknown one gets a suggestion`() throws {
    try withSandbox { sandbox in
      for topic in ["exit-codes", "environment", "platform-references", "seeding"] {
        try sandbox.run("help", topic).expect()
      }
      let outcome = try sandbox.run("help exit-code")
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(
        outcome.err.hasPrefix(
          """
          error: no command or help topic 'exit-code'
          hint: did you mean 'exit-codes'?

          """), outcome.report)
    }
  }

  @Test func `help on a command is the same in its three spellings`() throws {
    try withSandbox { sandbox in
      let wanted = try sandbox.run("help seed preview")
      wanted.expect()
      try sandbox.run("seed preview --help").expect(out: wanted.out)
      try sandbox.run("seed preview -h").expect(out: wanted.out)
    }
  }

  @Test func `help exit-codes is the table of the contract`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("help exit-codes")
      let codes = outcome.lines.compactMap { Int($0.split(separator: " ").first ?? "") }
      #expect(codes == [0, 1, 2, 3, 4, 64, 65, 66, 70, 73, 74, 75, 77, 130], outcome.report)
    }
  }
}
