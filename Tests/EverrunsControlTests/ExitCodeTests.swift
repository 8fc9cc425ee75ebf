import CommandLineTree
import EverrunsStore
import Testing

@testable import EverrunsControl

/// Each page of help has the codes that its command can end with.
@Suite struct ExitCodeTests {
  /// Ways to go wrong that a command line cannot see.
  private static let faults: [(options: [String], file: String?)] = [
    (["-p", "nosuch"], nil), (["-p", "./missing.json"], nil), (["-p", "./bad.json"], "bad.json"),
    (["-s", "notastore"], "notastore"), (["-s", "."], nil), (["-s", "./none/store.db"], nil),
  ]

  @Test func `every exit code of a command is on its page`() throws {
    try Workbench.with { bench in
      try bench.write("{}", to: "bad.json")
      try bench.write("not a store at all, and long enough to be looked at", to: "notastore")
      for place in Control().program.tree.allCommands where place.command.action != nil {
        let files = place.command.options.map(\.specification).filter {
          if case .file? = $0.value?.kind { true } else { false }
        }
        for fault in Self.faults + files.map({ ([$0.typedName, "./none/file"], nil) }) {
          let operands = place.command.arguments.map(\.specification).flatMap { argument in
            argument.presence == .required || argument.presence == .repeatedAtLeastOnce
              ? [argument.value.kind.choices.first?.value ?? "x"] : []
          }
          let required = place.command.options.map(\.specification).filter(\.isRequired).flatMap {
            [$0.typedName, "x"]
          }
          let result = bench.run(words: place.path + operands + required + fault.options)
          #expect(
            place.command.exitCodes.contains(Int(result.exitCode.rawValue)),
            "\(place.path) \(fault.options): \(result.exitCode) \(result.errorOutput)")
          if ![0, 2, 3].contains(result.exitCode.rawValue) {
            #expect(!result.errorOutput.isEmpty, "\(place.path) \(fault.options)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("platform validate ./bad.yaml", 65), ("platform validate ./warning.yaml --strict", 65),
    ("capabilities resolve nope", 1),
    (
      "harnesses resolve --harness gneric --org org_00000000000000000000000000000001", 1
    ),
  ])
  func `a failure says why on stderr, in both formats`(line: String, code: Int32) throws {
    try Workbench.with { bench in
      try bench.write("format: everruns.platform/v1\nnope: 1\n", to: "bad.yaml")
      try bench.write(
        "format: everruns.platform/v1\nbuilt_in_harnesses: [{name: a, display_name: A, system_prompt: x}]\n",
        to: "warning.yaml")
      bench.run("seed apply --yes")
      let text = bench.run(line)
      #expect(text.exitCode.rawValue == code)
      #expect(text.errorOutput.hasPrefix("error: "))
      let json = bench.run(line + " -o json")
      #expect(json.exitCode.rawValue == code)
      #expect(json.errorOutput.contains(#""exit_code": \#(code)"#))
      #expect(!json.output.isEmpty)
    }
  }

  @Test(arguments: [
    ("platform delete oss --yes", "error: 'oss' is a preset and cannot be deleted\n"),
    ("platform rollback nope@1", "error: no platform named 'nope'\n"),
    (
      "platform show oss@1",
      "error: 'oss' is a preset and has no revision '1'\nhint: write 'oss' without a revision\n"
    ),
    ("platform export --to .", "error: .: cannot create: it is a folder\n"),
    ("platform validate bad6.txt", "hint: for the file, write ./bad6.txt\n"),
    (
      "capabilities register - -p -",
      "error: standard input can be read only once, but is given twice"
    ),
    ("seed preview --catalog ./oss.json", "hint: this is a document of another kind\n"),
  ])
  func `an error suggests the intended word`(line: String, text: String) throws {
    try Workbench.with { bench in
      try bench.write("x", to: "bad6.txt")
      bench.run("platform export oss --to oss.json")
      #expect(bench.run(line, input: #"{"id":"a","name":"A"}"#).errorOutput.contains(text))
    }
  }

  @Test func `a capability is never suggested to itself`() throws {
    try Workbench.with { bench in
      let result = bench.run(
        "capabilities register -", input: #"{"id":"a1","name":"D","dependencies":["a2"]}"#)
      #expect(result.output.contains("[missing_dependency]") && !result.output.contains("'a1'?"))
    }
  }

  @Test func `the version as JSON has the versions of schema, formats and rules`() {
    #expect(
      Set(run("version", "-o", "json").output.split(separator: "\n").map(String.init))
        .isSuperset(of: ["  \"format\": \"everruns.platform/v1\",", "  \"rules\": 4"]))
  }
}
