import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation

/// A folder with a store of its own, in which a test works with definitions as a user does.
struct Workbench {
  let folder: String

  /// Gives a body an empty folder, which is gone afterwards.
  static func with(_ body: (Workbench) throws -> Void) throws {
    try withTemporaryFolder { try body(Workbench(folder: $0)) }
  }

  /// Gives a body a folder with everything of another one, which is gone afterwards.
  static func with(copyOf other: Workbench, _ body: (Workbench) throws -> Void) throws {
    try with { bench throws in
      for name in try FileManager.default.contentsOfDirectory(atPath: other.folder) {
        try FileManager.default.copyItem(
          atPath: other.folder + "/" + name, toPath: bench.folder + "/" + name)
      }
      try body(bench)
    }
  }

  /// Runs a command line, whose words have blanks between them.
  @discardableResult
  func run(
    _ line: String, input: String = "", width: Int? = nil, environment: [String: String] = [:],
    control: Control = Control()
  ) -> Run {
    run(
      words: line.split(separator: " ").map(String.init), input: input, width: width,
      environment: environment, control: control)
  }

  /// Runs a command in the folder; `width` is the columns of the terminal, or `nil` if output is
  /// piped.
  func run(
    words: [String], input: String = "", width: Int? = nil, environment: [String: String] = [:],
    control: Control = Control()
  ) -> Run {
    EverrunsControlTests.run(
      words: words, control: control,
      output: TestStream(isTerminal: width != nil, width: width), input: input,
      environment: ["HOME": folder, "USER": "ada", "NO_COLOR": "1"].merging(environment) { $1 },
      in: folder)
  }

  /// The JSON that a command writes.
  func json(_ line: String, input: String = "") throws -> JSONValue {
    try JSONValue(json: run(line + " -o json", input: input).output)
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// The text of a file in the folder.
  func text(of name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }
}
