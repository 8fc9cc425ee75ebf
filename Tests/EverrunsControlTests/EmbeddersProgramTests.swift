import CommandLineTree
import Everruns
import EverrunsControl
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Testing

/// A program with a catalog and commands of an embedder.
@Suite struct EmbeddersProgramTests {
  private static let word = Option.optional("word", .text, summary: "What to say")

  private static func program(
    _ name: String = "greet", _ run: @escaping @Sendable (CommandRun) throws -> ExitCode
  ) -> Control {
    Control(
      name: "acmectl",
      commands: [
        Command(
          name, summary: "Say something", options: [word], exitCodes: [0, 1, 64],
          action: ControlAction(run: run))
      ])
  }

  private static let greeting = program { run in
    let word = run.arguments[word] ?? "hello"
    run.note("about to speak")
    try run.write("\(word), \(try run.grade().rawValue)\n", json: ["word": .string(word)])
    return .success
  }

  @Test func `an embedder's command is parsed, recorded and written like the others`() {
    #expect(
      run("greet", "--grade", "dev", control: Self.greeting)
        == Run(output: "hello, dev\n", errorOutput: "note: about to speak\n", exitCode: .success))
    #expect(
      run("greet", "--word=hi", "-q", "-o", "yaml", control: Self.greeting)
        == Run(output: "word: hi\n", errorOutput: "", exitCode: .success))
    #expect(
      run("greet", "-o", "markdown", control: Self.greeting).errorOutput.hasPrefix(
        "error: 'greet' does not support -o markdown\n"))
  }

  @Test func `an embedder's command appears in the help and in suggestions`() {
    #expect(run("help", control: Self.greeting).output.contains("  greet "))
    #expect(run("help", "greet", control: Self.greeting).output.hasPrefix("Say something\n"))
    #expect(
      run("gret", control: Self.greeting).errorOutput.contains("hint: did you mean 'greet'?\n"))
  }

  @Test func `an embedder's command replaces the stock one of its name`() {
    let control = Self.program("status") { run in
      try run.write("all is well\n", json: [:])
      return .success
    }
    #expect(run("status", control: control).output == "all is well\n")
    let help = run("help", control: control).output
    #expect(help.matches(of: #/(?m)^  status /#).count == 1)
  }

  @Test func `a failure of an embedder's command has its message, code and exit code`() {
    let control = Self.program { _ in
      throw CommandFailure("the door is shut", hint: "knock", code: .permissionDenied)
    }
    #expect(
      run("greet", control: control)
        == Run(
          output: "", errorOutput: "error: the door is shut\nhint: knock\n",
          exitCode: .permissionDenied))
    #expect(
      run("greet", "-o", "json", control: control).errorOutput.contains(
        #""code": "permission_denied""#))
  }

  @Test func `any other error of an embedder's command is a bug`() {
    struct Surprise: Error {}
    let control = Self.program { _ in throw Surprise() }
    #expect(
      run("greet", control: control)
        == Run(
          output: "", errorOutput: "error: internal error (a bug): Surprise()\n",
          exitCode: .internalError))
  }

  @Test func `an embedder's command gets the errors of the program`() {
    let control = Self.program { run in
      _ = try run.definition()
      return .success
    }
    #expect(run("greet", "-p", "nope", control: control).exitCode == .failure)
    #expect(
      run("greet", control: control, environment: ["DEPLOYMENT_GRADE": "x"]).exitCode == .usage)
  }

  @Test func `the program's catalog is seeded, shown and counted`() {
    var catalog = SeedCatalog.stock
    catalog.organization.name = "Acme"
    catalog.agents.removeAll { $0.name != "python-coder" }
    let control = Control(name: "acmectl", catalog: catalog)
    let shown = run("seed", "catalog", control: control).output
    #expect(shown.hasPrefix("organization  1\n  Acme  org_"))
    #expect(shown.contains("agent  1\n  python-coder"))
    #expect(run("seed", "preview", control: control).output.contains("+ organization/Acme\n"))
    let users = run(
      words: ["capabilities", "show", "current_time", "-o", "json"], control: control
    ).output
    #expect(users.contains(#""used_by_seed_agents": []"#))
  }
}
