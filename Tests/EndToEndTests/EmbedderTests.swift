import Foundation
import Testing

/// The example package of an embedder: a program with a name and presets of its own.
@Suite struct EmbedderTests {
  @Test("a branded program has its own presets, the first of them where nothing is chosen")
  func presets() throws {
    try withSandbox { sandbox in
      try sandbox.run([Program.embedder, "platform", "list", "-o", "name"]).expect(
        out: "acme\noss\nworker\nempty\n")
      try sandbox.run([Program.embedder, "platform", "diff", "oss", "--exit-code"]).expect(
        out: """
          - capabilities/daytona
          - connection_providers/daytona

          oss -> acme: 2 removed
            capabilities: 1 removed
            drivers: the same
            connection_providers: 1 removed
            built_in_harnesses: the same

          """, exit: 2)
      try sandbox.run([Program.embedder, "--version"]).expect(out: "acmectl 1.0.0\n")
    }
  }

  @Test("the help of a branded program shows its own name and never the stock one")
  func help() throws {
    try withSandbox { sandbox in
      let nouns = [
        "platform", "capabilities", "drivers", "providers", "harnesses", "seed", "orgs", "store",
      ]
      let index = try sandbox.run([Program.embedder, "help"]).out
      #expect(index.contains("acmectl seed preview"))
      var pages = [index]
      for noun in nouns {
        pages.append(try sandbox.run([Program.embedder, "help", noun]).out)
      }
      for line in ["platform create", "capabilities list", "harnesses set", "platform patch"] {
        let words = line.split(separator: " ").map(String.init)
        pages.append(try sandbox.run([Program.embedder, "help"] + words).out)
      }
      for topic in ["environment", "platform-references", "seeding", "exit-codes"] {
        pages.append(try sandbox.run([Program.embedder, "help", topic]).out)
      }
      #expect(pages.allSatisfy { !$0.isEmpty && !$0.contains("everrunsctl") })
    }
  }

  @Test("errors and the history of a branded program show its own name")
  func errors() throws {
    try withSandbox { sandbox in
      try sandbox.run([Program.embedder, "capabilities", "unregister", "skills", "-p", "oss"])
        .expectError(
          """
          error: 'oss' cannot be changed
          hint: make a copy that can: acmectl platform create NAME --from oss

          """, exit: 1)
      try sandbox.run([Program.embedder, "drivers", "unregister", "gemini"]).expect(
        err: "note: no platform was chosen, so 'acme' at grade 'prod' is saved as 'default'\n")
      let history = try sandbox.run([Program.embedder, "platform", "history", "-o", "json"]).json()
      #expect(
        history.elements.map { $0["command"] }
          == Array(repeating: "acmectl drivers unregister gemini", count: 2))
    }
  }
}
