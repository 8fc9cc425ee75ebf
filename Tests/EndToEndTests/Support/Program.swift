import Foundation

/// The programs under test: real binaries, which are built beside the tests.
enum Program {
  /// The stock program.
  static let path = path(of: "everrunsctl")
  /// The program of the example package of an embedder.
  static let embedder = path(of: "acmectl")
  /// The stock server and worker.
  static let server = path(of: "everruns", orElse: nil)
  /// The server of the example package of an embedder.
  static let embeddersServer = path(of: "acmeserver", orElse: nil)
  /// Whether server and worker were built: `EVERRUNS_PARTS=tool` leaves them out.
  static let hasServer = server != nil && embeddersServer != nil

  /// Where a binary is that every build makes.
  private static func path(of name: String) -> String {
    guard let path = path(of: name, orElse: nil) else {
      fatalError("\(name) is not beside the tests; build it with 'swift build'")
    }
    return path
  }

  /// Where a binary is.
  ///
  /// It stands in the folder of the test executable, whatever the scratch path; on other systems
  /// the tests are a bundle, some folders further down.
  private static func path(of name: String, orElse missing: String?) -> String? {
    let beginnings = [
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      Bundle.main.executablePath,
      CommandLine.arguments.first,
      CommandLine.arguments.first { $0.contains(".xctest") },
    ]
    for beginning in beginnings.compactMap(\.self) {
      var folder = URL(filePath: beginning).deletingLastPathComponent()
      for _ in 0..<4 {
        let candidate = folder.appending(path: name).path(percentEncoded: false)
        if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        folder.deleteLastPathComponent()
      }
    }
    return missing
  }
}

/// Programs of the system that a few tests need.
///
/// Where one is missing, its tests are skipped by name; in CI everything is there, and a test that
/// was skipped would be one that nobody runs.
enum Tool {
  static let python = isThere("/usr/bin/python3")
  static let pythonYAML = pythonHas("yaml")
  static let pythonJSONPatch = pythonHas("jsonpatch")
  static let pythonJSONSchema = pythonHas("jsonschema")
  static let curl = isThere("/usr/bin/curl")
  static let graphviz = isThere("/usr/bin/dot")
  static let sqlite = isThere("/usr/bin/sqlite3")
  static let zsh = isThere("/usr/bin/zsh")
  static let fish = isThere("/usr/bin/fish")
  static let bashCompletion = isThere("/usr/share/bash-completion/bash_completion")
  static let mandoc = isThere("/usr/bin/mandoc")
  static let man = isThere("/usr/bin/man")

  /// What to put in front of a command so that the modes of files mean something to it; `nil` if
  /// the tests run as root and nothing can change that.
  static let unprivileged: [String]? = {
    guard geteuid() == 0 else { return [] }
    let command = [
      "/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--",
    ]
    return succeeds(command[0], command.dropFirst() + ["/bin/true"]) ? command : nil
  }()

  /// Whether tests can mount file systems that only they see.
  static let canMount =
    isThere("/usr/bin/unshare")
    && succeeds("/usr/bin/unshare", ["-m", "/bin/mount", "-t", "tmpfs", "none", "/mnt"])
  /// Whether tests can make files immutable, as only root can, on some file systems.
  static let canMakeImmutable: Bool = {
    guard isThere("/usr/bin/chattr") else { return false }
    let file = FileManager.default.temporaryDirectory.path + "/everruns-" + UUID().uuidString
    guard FileManager.default.createFile(atPath: file, contents: nil) else { return false }
    defer { try? FileManager.default.removeItem(atPath: file) }
    return succeeds("/usr/bin/chattr", ["+i", file]) && succeeds("/usr/bin/chattr", ["-i", file])
  }()

  static let canDropPrivileges = isCI || unprivileged != nil

  private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

  private static func pythonHas(_ module: String) -> Bool {
    python && succeeds("/usr/bin/python3", ["-c", "import \(module)"])
  }

  private static func isThere(_ path: String) -> Bool {
    isCI || FileManager.default.isExecutableFile(atPath: path)
  }

  private static func succeeds(_ path: String, _ arguments: [String]) -> Bool {
    guard !isCI else { return true }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
