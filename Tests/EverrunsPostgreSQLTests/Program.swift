#if PostgreSQL
  import Foundation
  import Testing

  @testable import EverrunsPostgreSQL

  /// A run of the tool's binary, which is built beside the tests.
  final class Program {
    private let process = Process()
    private let output = Pipe()
    private let errorOutput = Pipe()

    /// What a run wrote and how it ended.
    struct Outcome {
      let output: String
      let errorOutput: String
      let exitCode: Int32
    }

    /// Starts the tool.
    ///
    /// - Parameters:
    ///   - words: The words of the command line.
    ///   - folder: The home and working folder.
    ///   - environment: Variables besides that of the home folder.
    /// - Throws: An error if the binary cannot be started.
    init(_ words: [String], in folder: String, environment: [String: String] = [:]) throws {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      process.executableURL = URL(filePath: tests).deletingLastPathComponent()
        .appending(path: "everrunsctl")
      process.arguments = words
      process.environment = environment.merging(["HOME": folder]) { given, _ in given }
      process.currentDirectoryURL = URL(filePath: folder)
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errorOutput
      try process.run()
    }

    /// Waits for the end.
    func finish() -> Outcome {
      // A few lines fit into a pipe until they are read.
      let texts = [output, errorOutput].map {
        String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      }
      process.waitUntilExit()
      return Outcome(
        output: texts[0], errorOutput: texts[1], exitCode: process.terminationStatus)
    }
  }

  /// Runs a test with a new folder.
  func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/everruns-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// Waits until a condition holds, for a minute at most.
  func wait(until condition: () throws -> Bool) throws {
    for _ in 0..<6000 {
      if try condition() { return }
      usleep(10_000)
    }
    Issue.record("the condition did not hold in a minute")
  }
#endif
