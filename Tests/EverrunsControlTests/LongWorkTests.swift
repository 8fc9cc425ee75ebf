import EverrunsControl
import EverrunsStore
import Foundation
import Testing

/// Work that may take long says how far it has come, and can be stopped.
@Suite struct LongWorkTests {
  /// Somebody who asks the program to stop at the so manyth time that it looks, once it watches.
  private final class Impatience: InterruptSource {
    private var looks: Int
    private(set) var isWatched = false

    init(after looks: Int) {
      self.looks = looks
    }

    var isPending: Bool {
      guard isWatched else { return false }
      looks -= 1
      return looks < 0
    }

    func begin() { isWatched = true }
    func end() { isWatched = false }
  }

  /// Runs a command in a folder, with a clock on which every look takes a second.
  private func run(
    _ line: String, in folder: String, output: TestStream = TestStream(),
    errorOutput: TestStream = TestStream(), environment: [String: String] = [:],
    interrupts: any InterruptSource = NoInterrupts()
  ) -> Run {
    var seconds = 1_800_000_000.0
    return EverrunsControlTests.run(
      words: line.split(separator: " ").map(String.init) + ["-s", "store.db"], output: output,
      errorOutput: errorOutput, environment: environment, in: folder,
      now: {
        seconds += 1
        return Date(timeIntervalSince1970: seconds)
      }, interrupts: interrupts)
  }

  @Test func `progress is one terminal line that is erased at the end`() throws {
    try withTemporaryFolder { folder in
      let terminal = TestStream(isTerminal: true, width: 80)
      let result = run("seed apply --yes", in: folder, errorOutput: terminal)
      #expect(result.exitCode == .success)
      let lines = result.errorOutput.split(separator: "\r")
      #expect(lines.contains { $0.hasPrefix("Comparing 1 of 1 organization\u{1B}[K") })
      #expect(lines.contains { $0.hasPrefix("Writing 0 of 1 organization") })
      #expect(lines.contains { $0.hasPrefix("Committing...") })
      // Each line is written over the one before, and the last one is cleared.
      #expect(lines.dropFirst().allSatisfy { $0.contains("\u{1B}[K") && !$0.contains("\u{1B}[2K") })
      #expect(result.errorOutput.hasSuffix("\r\u{1B}[K"))
    }
  }

  @Test(arguments: [(false, "", [:]), (true, " -q", [:]), (true, "", ["TERM": "dumb"])])
  func `no progress is shown in a pipe, with -q, or for short work`(
    isTerminal: Bool, option: String, environment: [String: String]
  ) throws {
    try withTemporaryFolder { folder in
      let result = run(
        "store init -q", in: folder, errorOutput: TestStream(isTerminal: isTerminal))
      #expect(result.exitCode == .success)
      let applied = run(
        "seed apply --yes" + option, in: folder,
        errorOutput: TestStream(isTerminal: isTerminal, width: 80), environment: environment)
      #expect(applied.errorOutput == "" && applied.exitCode == .success)
    }
  }

  /// Runs a command while another program holds the lock of the store for as long as it runs.
  private func runWaiting(
    _ line: String, in folder: String, errorOutput: TestStream = TestStream(),
    environment: [String: String] = [:], interrupts: any InterruptSource = NoInterrupts()
  ) throws -> Run {
    _ = run("platform create acme --from oss -q", in: folder)
    let store = try StoreKinds([.sqlite]).openForWriting(.file(path: folder + "/store.db"))
    defer { store.close() }
    var result: Run?
    let change = StoreChange(actor: "eve", command: "", reason: nil, now: { Date() })
    _ = try store.revise("acme", origin: .keep, change: change) { _ in
      result = run(
        line, in: folder, errorOutput: errorOutput, environment: environment,
        interrupts: interrupts)
      return nil
    }
    return try #require(result)
  }

  private static let edit = "drivers unregister openai -p acme"

  private static let busy = """
    hint: waited 1500ms; wait longer with --wait 60s, or try again when the other program is done

    """

  @Test(arguments: [80, 200])
  func `a terminal shows what is waited for, how long at most, and nothing of it at the end`(
    width: Int
  ) throws {
    try withTemporaryFolder { folder in
      let result = try runWaiting(
        Self.edit + " --wait 1500ms", in: folder,
        errorOutput: TestStream(isTerminal: true, width: width),
        environment: ["NO_COLOR": "1"])
      let lines = result.errorOutput.split(separator: "\r")
      #expect(lines.count == 2, "\(lines)")
      let line = try #require(lines.first)
      #expect(line.hasPrefix("Waiting at most 1500ms for the lock on /"))
      #expect(line.hasSuffix("/store.db\u{1B}[K") && line.count < width + 3)
      #expect(width == 80 || line.contains(folder))
      #expect(lines.last?.hasPrefix("\u{1B}[Kerror: the store ") == true)
      #expect(lines.last?.hasSuffix(Self.busy) == true)
      #expect(result.exitCode == .busy)
    }
  }

  @Test(arguments: [
    (false, "", false), (false, " -v", true), (true, "", true), (true, " -q", false),
    (false, " -v -q", false),
  ])
  func `without a terminal that erases, a wait is a note, in scripts only with -v`(
    isTerminal: Bool, option: String, isNoted: Bool
  ) throws {
    try withTemporaryFolder { folder in
      let result = try runWaiting(
        Self.edit + " --wait 1500ms" + option, in: folder,
        errorOutput: TestStream(isTerminal: isTerminal, width: 200), environment: ["TERM": "dumb"])
      let store = "'\(folder)/store.db'"
      let note = "note: waiting at most 1500ms for the lock on \(store)\n"
      #expect(
        result
          == Run(
            output: "",
            errorOutput: (isNoted ? note : "") + "error: the store \(store) is busy\n" + Self.busy,
            exitCode: .busy))
    }
  }

  @Test func `the line about a wait is erased before the result is written`() throws {
    try withTemporaryFolder { folder in
      _ = run("store init -q", in: folder)
      _ = run("platform export oss --to p.json -q", in: folder)
      let file = try #require(FileHandle(forReadingAtPath: folder + "/p.json"))
      let descriptor = file.fileDescriptor
      #expect(flock(descriptor, LOCK_EX) == 0)
      Thread {
        usleep(1_300_000)
        flock(descriptor, LOCK_UN)
      }.start()
      let terminal = TestStream(isTerminal: true, width: 80)
      let result = run(
        "drivers unregister openai -p ./p.json --wait 60s", in: folder, output: terminal,
        errorOutput: terminal, environment: ["NO_COLOR": "1"])
      #expect(result.exitCode == .success)
      let parts = terminal.text.split(separator: "\r")
      #expect(
        parts.first == "Waiting at most 60s for the lock on ./p.json\u{1B}[K")
      #expect(parts.count { $0.hasPrefix("Waiting ") } == 1)
      // What follows the last line is the result, in the column where the terminal's lines begin.
      #expect(parts.last?.hasPrefix("\u{1B}[K- drivers/openai\n") == true, "\(terminal.text)")
    }
  }

  @Test(arguments: [
    "seed apply --yes", edit, "orgs create Two",
    "platform import p.json --as two", "platform delete acme --yes", "store restore copy.db --yes",
    "harnesses reconcile --prune release --yes", "platform create two --from oss",
  ])
  func `an interrupt ends the wait for a lock`(line: String) throws {
    try withTemporaryFolder { folder in
      _ = run("store init -q", in: folder)
      _ = run("store backup copy.db -q", in: folder)
      _ = run("platform export oss --to p.json -q", in: folder)
      let result = try runWaiting(
        "\(line) --wait 60s", in: folder, interrupts: Impatience(after: 9))
      #expect(
        result
          == Run(
            output: "", errorOutput: "error: interrupted; nothing was written\n",
            exitCode: .interrupted))
    }
  }

  @Test(arguments: 0...9)
  func `an interrupt reports that nothing changed, and nothing did`(looks: Int) throws {
    try withTemporaryFolder { folder in
      _ = run("store init -q", in: folder)
      let impatience = Impatience(after: looks)
      let result = run("seed apply --yes", in: folder, interrupts: impatience)
      #expect(!impatience.isWatched)
      let left = run("seed preview --exit-code", in: folder)
      guard result.exitCode == .interrupted else {
        // Whoever comes too late finds the work done.
        #expect(looks > 4 && result.exitCode == .success && left.exitCode == .success)
        return
      }
      #expect(
        result
          == Run(
            output: "", errorOutput: "error: interrupted; nothing was written\n",
            exitCode: .interrupted))
      #expect(left.exitCode == .differences)
      #expect(left.output.contains("75 create, 3 skip; 78 rows"))
    }
  }

  @Test(arguments: [
    edit, "drivers unregister openai -p p.json", "platform import p.json --as two",
    "orgs create Two",
  ])
  func `an interrupt at any moment says what became of the change`(line: String) throws {
    for looks in 0...20 {
      try withTemporaryFolder { folder in
        _ = run("platform create acme --from oss -q", in: folder)
        _ = run("seed apply -p acme --scope all -y -q", in: folder)
        _ = run("platform export acme --to p.json -q", in: folder)
        func state() throws -> String {
          try String(contentsOfFile: folder + "/p.json", encoding: .utf8)
            + run("store info -o json", in: folder).output
        }
        let before = try state()
        let result = run(line, in: folder, interrupts: Impatience(after: looks))
        switch result.exitCode {
        case .interrupted:
          #expect(try state() == before, "\(looks)")
          #expect(result.output == "", "\(looks)")
        default:
          #expect(result.exitCode == .success, "\(looks): \(result)")
          #expect(try state() != before, "\(looks)")
        }
      }
    }
  }

  @Test(arguments: [
    "seed apply --yes", "store backup copy.db", "store restore copy.db --yes",
    "platform create two --from oss", "platform use oss", "drivers unregister openai",
    "orgs create Two",
  ])
  func `an interrupt does not stop a program that has only to say what it changed`(
    line: String
  ) throws {
    try withTemporaryFolder { folder in
      _ = run("store init -q", in: folder)
      if line.contains("restore") { _ = run("store backup copy.db", in: folder) }
      let patience = Impatience(after: .max)
      let output = TestStream()
      var isWatched: [Bool] = []
      output.willWrite = { isWatched.append(patience.isWatched) }
      let result = run(line, in: folder, output: output, interrupts: patience)
      #expect(result.exitCode == .success, "\(result)")
      #expect(isWatched.last == true && !patience.isWatched)
    }
  }

  /// Somebody who asks the program to stop when something was written while it watches.
  private final class Surprise: InterruptSource {
    var isPending = false
    private(set) var isWatched = false

    func begin() { isWatched = true }
    func end() { isWatched = false }
  }

  @Test(arguments: [
    "seed apply", "harnesses reconcile -p empty --prune release", "platform delete acme",
    "orgs delete Two", "store restore copy.db",
  ])
  func `an interrupt at a question says that nothing was written, and nothing was`(line: String)
    throws
  {
    try withTemporaryFolder { folder in
      _ = run("platform create acme --from oss -q", in: folder)
      _ = run("orgs create Two -q", in: folder)
      _ = run("store backup copy.db -q", in: folder)
      let before = run("store info -o json", in: folder)
      let surprise = Surprise()
      let terminal = TestStream(isTerminal: true)
      terminal.willWrite = { surprise.isPending = surprise.isWatched }
      let result = EverrunsControlTests.run(
        words: line.split(separator: " ").map(String.init) + ["-s", "store.db"],
        errorOutput: terminal, environment: ["TERM": "dumb"], in: folder, answer: "y",
        interrupts: surprise)
      #expect(result.exitCode == .interrupted && result.output == "")
      let question = result.errorOutput.split(separator: "?").last ?? ""
      #expect(
        [
          " [y/N] ", " Type 'acme' to continue: ", " Type 'Two' to continue: ",
          " Type 'store.db' to continue: ",
        ].contains { question == $0 + "error: interrupted; nothing was written\n" }, "\(result)")
      #expect(!surprise.isWatched)
      #expect(run("store info -o json", in: folder) == before)
    }
  }

  @Test func `an interrupt is an error with a code for programs`() throws {
    try withTemporaryFolder { folder in
      _ = run("store init -q", in: folder)
      let result = run("seed apply --yes -o json", in: folder, interrupts: Impatience(after: 1))
      #expect(result.errorOutput.contains("\"code\": \"interrupted\""))
      #expect(result.errorOutput.contains("\"exit_code\": 130"))
    }
  }
}
