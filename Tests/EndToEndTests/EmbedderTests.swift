import Foundation
import Testing

/// The example package of an embedder: a program with a name and presets of its own.
@Suite struct EmbedderTests {
  @Test func `a branded program has its own presets, and the first is the default`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.run([Program.embedder, "platform", "list", "-o", "name"]).expect(
        out: "acme\noss\nworker\nempty\n")
      try sandbox.run([Program.embedder, "platform", "diff", "oss", "--exit-code"]).expect(
        out: """
          - capabilities/daytona
          - connection_providers/daytona

          oss -> acme: 2 removed
            capabilities: 1 removed
            drivers: unchanged
            connection_providers: 1 removed
            built_in_harnesses: unchanged

          """, exit: 2)
      try sandbox.run([Program.embedder, "--version"]).expect(out: "acmectl 1.0.0\n")
    }
  }

  @Test func `the help of a branded program shows its own name and never the stock one`() throws {
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

  @Test func `errors and the history of a branded program show its own name`() throws {
    try withSandbox { sandbox in
      try sandbox.run([Program.embedder, "capabilities", "unregister", "skills", "-p", "oss"])
        .expectError(
          """
          error: 'oss' is read-only
          hint: save a copy: acmectl platform create NAME --from oss

          """, exit: 1)
      try sandbox.run([Program.embedder, "drivers", "unregister", "gemini"]).expect(
        err: "note: no platform was chosen, so 'acme' at grade 'prod' is saved as 'default'\n")
      let history = try sandbox.run([Program.embedder, "platform", "history", "-o", "json"]).json()
      #expect(
        history.elements.map { $0["command"] }
          == Array(repeating: "acmectl drivers unregister gemini", count: 2))
    }
  }

  @Test func `a branded program has commands of its own`() throws {
    try withSandbox { sandbox in
      try sandbox.run([Program.embedder, "policy"]).expect(
        out: "container_sandbox\ndeno\ne2b\nsprites\n", exit: 1)
      try sandbox.run([Program.embedder, "policy", "-p", "empty", "-o", "json"]).expect(
        out: "{\n  \"high_risk\": []\n}\n")
      try sandbox.run([Program.embedder, "policy", "--allow", "daytona"]).expectError(
        """
        error: no capability named 'daytona'
        hint: see acmectl capabilities list

        """, exit: 1)
    }
  }

  @Test func `a branded program seeds its own catalog`() throws {
    try withSandbox { sandbox in
      #expect(try sandbox.run([Program.embedder, "seed", "apply", "--yes"]).exitCode == 0)
      let names = try sandbox.run([Program.embedder, "orgs", "list", "-o", "json"]).json()
      #expect(names.elements.map { $0["name"] } == ["Acme"])
    }
  }
}
