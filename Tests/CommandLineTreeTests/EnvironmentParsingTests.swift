import CommandLineTree
import Testing

@Suite struct EnvironmentParsingTests {
  /// The arguments of a line in an environment.
  private func arguments(
    _ line: String, _ environment: [String: String]
  ) throws -> Arguments {
    let words = line.split(separator: " ").map(String.init)
    guard case .run(let invocation) = try Shop.tree.parse(words, environment: { environment[$0] })
    else { return Arguments() }
    return invocation.arguments
  }

  @Test(
    arguments: [
      ("status", [:], Shop.Format.text, ValueOrigin.default),
      ("status", ["SHOP_OUTPUT": "yaml"], .yaml, .environment(variable: "SHOP_OUTPUT")),
      ("status -o json", ["SHOP_OUTPUT": "yaml"], .json, .commandLine),
      ("status", ["SHOP_OUTPUT": ""], .text, .default),
      ("status", ["SHOP_ROBOT": "1"], .json, .environment(variable: "SHOP_ROBOT")),
      ("status", ["SHOP_ROBOT": "0"], .text, .default),
      (
        "status", ["SHOP_OUTPUT": "yaml", "SHOP_ROBOT": "1"], .yaml,
        .environment(variable: "SHOP_OUTPUT")
      ),
    ] as [(String, [String: String], Shop.Format, ValueOrigin)])
  func `a value comes from the line, else the first set variable, else the default`(
    line: String, environment: [String: String], value: Shop.Format, origin: ValueOrigin
  ) throws {
    let arguments = try arguments(line, environment)
    #expect(arguments[Shop.output] == value)
    #expect(arguments.origin(of: Shop.output) == origin)
    #expect(arguments.isGiven(Shop.output) == (origin == .commandLine))
  }

  @Test func `an invalid variable is an error only if the option is needed`() throws {
    let arguments = try arguments("status", ["SHOP_OUTPUT": "xml", "SHOP_ROBOT": "1"])
    let problem = UsageError.Problem.invalidValue(
      .variable("SHOP_OUTPUT"), text: "xml",
      .notAChoice(["text", "json", "yaml"], suggestion: nil))
    #expect(throws: problem) { try arguments.value(of: Shop.output) }
    #expect(arguments[Shop.output] == .text)
    #expect(
      UsageError(problem, commandPath: []).message == "SHOP_OUTPUT cannot be 'xml'")
  }

  @Test func `an invalid variable does not matter if the option is given`() throws {
    let arguments = try arguments("status -o json", ["SHOP_OUTPUT": "xml"])
    #expect(try arguments.value(of: Shop.output) == .json)
  }

  @Test func `an invalid command line is reported in the environment's format`() {
    let failure = #expect(throws: ParseFailure.self) {
      try Shop.tree.parse(["status", "--bogus"], environment: { _ in "json" })
    }
    #expect(failure?.arguments[Shop.output] == .json)
  }
}
