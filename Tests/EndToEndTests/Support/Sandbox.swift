import EverrunsControl
import EverrunsStore
import Foundation
import Testing

/// A world for one test: an empty home, an empty working folder, a clean environment.
struct Sandbox {
  /// Everything of the test stands below this folder.
  let root: String
  /// The home folder of the programs that are run.
  let home: String
  /// Their working folder.
  let folder: String

  /// Where the store is unless a test says otherwise.
  var store: String { home + "/.local/share/everruns/store.db" }

  fileprivate init() throws {
    let files = FileManager.default
    root =
      files.temporaryDirectory.path(percentEncoded: false) + "everruns-e2e-"
      + UUID().uuidString.lowercased()
    home = root + "/home"
    folder = root + "/work"
    try files.createDirectory(atPath: home, withIntermediateDirectories: true)
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A path that leads through symbolic links would not be the one that programs report.
  }

  fileprivate func remove() {
    // Folders that a test made read-only cannot be emptied otherwise.
    if let paths = FileManager.default.enumerator(atPath: root) {
      for case let path as String in paths {
        let whole = root + "/" + path
        var status = stat()
        if lstat(whole, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { chmod(whole, 0o700) }
      }
    }
    try? FileManager.default.removeItem(atPath: root)
  }

  // MARK: Running

  /// Runs the program in this process, with a command line as one would type it.
  ///
  /// - Parameters:
  ///   - line: The words, separated by blanks.
  ///   - more: More words, which may contain blanks.
  ///   - environment: Variables besides those of the sandbox.
  ///   - input: The standard input; `nil` for none.
  /// - Returns: The output and the exit code.
  /// - Throws: An error if the sandbox cannot be prepared.
  func run(
    _ line: String, _ more: String..., environment: [String: String] = [:], input: Data? = nil
  ) throws -> Outcome {
    let words = line.split(separator: " ").map(String.init) + more
    let environment = self.environment(environment)
    let output = CapturedOutput()
    let errorOutput = CapturedOutput()
    var rest = Array(input ?? Data())[...]
    let context = Context(
      output: output, errorOutput: errorOutput,
      readInput: { limit in
        defer { rest = rest.dropFirst(limit) }
        return Array(rest.prefix(limit))
      },
      environment: { environment[$0] }, workingDirectory: folder, now: { Date() },
      userID: Int(getuid()),
      timeZone: { environment["TZ"].flatMap(TimeZone.init(identifier:)) ?? .current })
    let code = Self.control.run(words, in: context)
    return Outcome(
      command: (["everrunsctl"] + words).joined(separator: " "), output: output.data,
      errorOutput: errorOutput.data, exitCode: code.rawValue)
  }

  /// The stock program.
  private static let control = Control()

  /// Runs the program's binary, for tests that need a process of its own.
  ///
  /// - Parameters:
  ///   - line: The words, separated by blanks.
  ///   - more: More words, which may contain blanks.
  ///   - environment: Variables besides those of the sandbox.
  ///   - input: The standard input; `nil` for none.
  ///   - prefix: A command that runs the program.
  /// - Returns: The output and the exit code.
  /// - Throws: An error if the program cannot be started.
  func process(
    _ line: String, _ more: String..., environment: [String: String] = [:],
    input: Data? = nil, under prefix: [String] = []
  ) throws -> Outcome {
    try run(
      prefix + [Program.path] + line.split(separator: " ").map(String.init) + more,
      environment: environment, input: input)
  }

  /// The environment of a run: an own home and nothing else but what a test adds.
  private func environment(_ more: [String: String]) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "HOME": home].merging(more) { $1 }
      .filter { !$0.value.isEmpty || $0.key != "HOME" }
  }

  /// Runs a script in a real shell, where `everrunsctl` is the program.
  func shell(_ script: String, environment: [String: String] = [:]) throws -> Outcome {
    try run(
      ["/bin/bash", "-c", "everrunsctl() { \"$EVERRUNSCTL\" \"$@\"; }; " + script],
      environment: environment.merging(["EVERRUNSCTL": Program.path]) { $1 })
  }

  /// Runs a program of a path.
  ///
  /// Standard output and error go to files, so that no amount of text can block anybody.
  func run(
    _ words: [String], environment: [String: String] = [:], input: Data? = nil,
    seconds: Int = 60
  ) throws -> Outcome {
    let (child, streams) = try start(words, environment: environment, input: input ?? Data())
    let code = child.waitForExit(atMost: .seconds(seconds))
    let outcome = Outcome(
      command: words.joined(separator: " "),
      output: FileManager.default.contents(atPath: streams + "/out") ?? Data(),
      errorOutput: FileManager.default.contents(atPath: streams + "/err") ?? Data(),
      exitCode: code ?? 128 + SIGKILL)
    if code == nil { Issue.record("still running after \(seconds) seconds\n\(outcome.report)") }
    try FileManager.default.removeItem(atPath: streams)
    return outcome
  }

  /// Starts a program of a path.
  ///
  /// - Returns: The process, and the folder with the files `in`, `out` and `err`: its streams.
  func start(
    _ words: [String], environment: [String: String], input: Data = Data()
  ) throws -> (child: ChildProcess, streams: String) {
    let streams = root + "/streams-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: streams, withIntermediateDirectories: true)
    try input.write(to: URL(filePath: streams + "/in"))
    let child = try ChildProcess(
      words, environment: self.environment(environment), folder: folder,
      streams: ["in", "out", "err"].map { streams + "/" + $0 })
    return (child, streams)
  }

  // MARK: Files

  /// The path of a file in the working folder.
  func path(_ name: String) -> String { folder + "/" + name }

  /// Writes a file in the working folder and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Data(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ data: Data) throws -> String {
    try data.write(to: URL(filePath: path(name)))
    return path(name)
  }

  /// Makes a folder in the working folder.
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: false)
  }

  /// The text of a file in the working folder.
  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Everything that is below a folder, with what would show that it was touched: mode, time of
  /// the last change, and content.
  ///
  /// SQLite's own files beside a store are left out: they may come and go.
  func everything(below folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    let paths = FileManager.default.enumerator(atPath: folder)
    while let path = paths?.nextObject() as? String {
      guard !path.hasSuffix("-wal"), !path.hasSuffix("-shm") else { continue }
      let whole = folder + "/" + path
      var status = stat()
      guard lstat(whole, &status) == 0 else { continue }
      // The time of a folder moves when SQLite's own files come and go.
      guard status.st_mode & S_IFMT == S_IFREG else {
        found[path] = "mode \(status.st_mode)"
        continue
      }
      let content = FileManager.default.contents(atPath: whole)?.hashValue ?? 0
      found[path] =
        "mode \(status.st_mode) inode \(status.st_ino) size \(status.st_size) "
        + "time \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) content \(content)"
    }
    return found
  }

  /// Everything in the home and the working folder.
  func everything() throws -> [String: String] {
    try everything(below: home).merging(everything(below: folder)) { $1 }
  }

  /// Runs SQL in the store, as an administrator would.
  func sql(_ statements: String, in store: String? = nil) throws {
    try sqlite(statements, in: store).expect()
  }

  /// The answer of an SQL query, in sqlite3's own form.
  func query(_ statement: String, in store: String? = nil) throws -> String {
    let outcome = try sqlite(statement, in: store)
    outcome.expect()
    return outcome.out
  }

  /// Runs the `sqlite3` shell, which waits for its turn: a program that was killed keeps its locks
  /// until the system has ended it.
  private func sqlite(_ statements: String, in store: String?) throws -> Outcome {
    try run([
      "/usr/bin/sqlite3", "-bail", "-cmd", ".timeout 30000", store ?? self.store, statements,
    ])
  }
}

/// Runs a test in a world of its own, which is gone afterwards whatever happens.
func withSandbox(_ body: (Sandbox) throws -> Void) throws {
  let sandbox = try Sandbox()
  defer { sandbox.remove() }
  try body(sandbox)
}
