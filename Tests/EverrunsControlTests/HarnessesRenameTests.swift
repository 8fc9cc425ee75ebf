import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

@Suite struct HarnessesRenameTests {
  @Test func `a rename records the old name and keeps the children`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      let result = bench.run("harnesses rename generic assistant -p acme")
      #expect(result.exitCode == .success)
      try #expect(
        bench.json("harnesses show assistant -p acme")["previous_names"] == ["generic"])
      try #expect(bench.json("harnesses show platform-chat -p acme")["parent"] == "assistant")
      bench.run("harnesses rename assistant helper -p acme")
      try #expect(
        bench.json("harnesses show helper -p acme")["previous_names"]
          == ["assistant", "generic"])
      bench.run("harnesses rename helper generic -p acme")
      try #expect(
        bench.json("harnesses show generic -p acme")["previous_names"]
          == ["helper", "assistant"])
    }
  }

  @Test func `a rename to the same name changes nothing`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      let result = try bench.json("harnesses rename generic generic -p acme")
      #expect(result["changes"] == [] && result["after"] == "acme@1")
    }
  }

  @Test(arguments: [
    ("nothing other", 1), ("generic platform-chat", 1), ("generic Other", 64), ("generic", 64),
  ])
  func `an impossible rename is refused`(operands: String, code: Int32) throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      let result = bench.run("harnesses rename \(operands) -p acme")
      #expect(result.exitCode.rawValue == code)
      #expect(!result.errorOutput.isEmpty)
      try #expect(bench.json("platform history acme").array?.count == 1)
    }
  }

  @Test func `a name edited in the file can be recorded afterwards`() throws {
    try Workbench.with { bench in
      bench.run("platform export oss --to p.json -q")
      try bench.write(
        bench.text(of: "p.json").replacing(#""name": "generic""#, with: #""name": "assistant""#)
          .replacing(#""parent": "generic""#, with: #""parent": "assistant""#), to: "p.json")
      for changes in [1, 0] {
        let result = try bench.json("harnesses rename generic assistant -p ./p.json")
        #expect(result["changes"]?.array?.count == changes)
      }
      try #expect(
        bench.json("harnesses show assistant -p ./p.json")["previous_names"] == ["generic"])
    }
  }

  @Test func `where the store was seeded, a name that no built-in harness has is a mistake`() throws
  {
    try Fleet.with { fleet throws in
      let platform = try String(contentsOfFile: fleet.folder + "/p.yaml", encoding: .utf8)
      try fleet.write(
        platform.replacing("name: base", with: "name: root")
          .replacing("parent: base", with: "parent: root"), to: "p.yaml")
      let refused = fleet.run("harnesses rename bsae root")
      #expect(refused.exitCode == .failure && refused.output.isEmpty)
      #expect(
        refused.errorOutput.hasPrefix(
          "error: no built-in harness named 'bsae'\nhint: did you mean 'base'?"))
      #expect(fleet.run("harnesses rename base root").exitCode == .success)
      try #expect(fleet.json("harnesses show root")["previous_names"] == ["base"])
    }
  }

  @Test func `until seeding renames it, the harness of the old name is used`() throws {
    try Fleet.with(2) { fleet throws in
      let ids = try fleet.sql("SELECT id FROM harnesses WHERE name = 'chat' ORDER BY org_id")
        .split(separator: "\n").map(String.init)
      _ = fleet.run("harnesses rename chat site -q")
      #expect(
        fleet.run("harnesses resolve --org \(Fleet.organization(2)) --for chat")
          == Run(
            output: "chat  \(ids[1])\n  its template, now named 'site', has the role 'chat'\n",
            errorOutput: "", exitCode: .success))
      try fleet.sql("UPDATE harnesses SET status = 'archived' WHERE org_id = 2 AND name = 'chat'")
      #expect(
        fleet.run("harnesses resolve --org \(Fleet.organization(2)) --for chat")
          == Run(
            output: "",
            errorOutput: """
              error: no harness can be used in 'Org 2' (\(Fleet.organization(2))): 'chat', whose \
              template is now named 'site', is not active

              """, exitCode: .failure))
    }
  }

  @Test func `a rollback of a rename gains and loses no prompt`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      bench.run("harnesses rename generic general -p acme -q")
      let result = bench.run("platform rollback acme@1")
      #expect(result.exitCode == .success)
      #expect(!result.output.contains("prompt of"))
      bench.run("harnesses rename generic general -p acme -q")
      bench.run("harnesses set general -p acme -q system_prompt=Other.")
      #expect(
        bench.run("platform rollback acme@1").output.contains(
          "harness platform-chat: gains the prompt of 'generic'; "
            + "loses the prompt of 'general'"))
    }
  }

  @Test func `a rename is called that, in the change, the history and the impact`() throws {
    try Fleet.with(3) { fleet in
      let result = fleet.run("harnesses rename base root")
      #expect(
        result.output == """
          ~ built_in_harnesses/base renamed to 'root'

          Impact
            harness root: renamed in 3 organizations

          ./p.yaml: 1 renamed
          Next: everrunsctl seed preview

          """)
    }
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      #expect(
        bench.run("harnesses rename generic assistant -p acme -q").output
          == "acme@1 -> acme@2: 1 renamed\n")
      try #expect(
        bench.json("platform history acme").array?.first?["summary"]
          == "~ built_in_harnesses/generic renamed to 'assistant'")
      let diff = bench.run("platform diff acme@1 acme")
      #expect(diff.output.hasPrefix("~ built_in_harnesses/generic renamed to 'assistant'\n"))
      #expect(diff.output.contains("acme@1 -> acme@2: 1 renamed\n"))
    }
  }

  @Test func `the impact counts the local edits that a change overwrites`() throws {
    try Fleet.with(3) { fleet in
      try fleet.sql("UPDATE harnesses SET description = 'Mine' WHERE org_id = 2 AND name = 'base'")
      #expect(
        fleet.run("harnesses rename base root -n").output.contains(
          "  harness root: renamed in 2 organizations; "
            + "updated in 1 organization (1 overwrites a local edit)\n"))
    }
  }

  @Test func `a rename repeats no warning about the template`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      bench.run("harnesses set generic capabilities+=nothing -p acme")
      let impact = try bench.json("harnesses rename generic assistant -p acme")["impact"]
      #expect(impact?["diagnostics"] == [])
    }
  }

  @Test func `a preview proposes the rename that keeps the rows, with its store and platform`()
    throws
  {
    try Fleet.with(2) { fleet in
      let platform = try String(contentsOfFile: fleet.folder + "/p.yaml", encoding: .utf8)
      try fleet.write(
        platform.replacing("name: base", with: "name: root")
          .replacing("parent: base", with: "parent: root"), to: "my p.yaml")
      let words = ["seed", "preview", "-p", "./my p.yaml", "-s", "store.db"]
      let proposed = "everrunsctl harnesses rename base root -s store.db -p './my p.yaml'"
      #expect(fleet.run(words: words).output.contains("\nRenamed? \(proposed)\nNext: "))
      #expect(
        fleet.run(words: words + ["-o", "markdown"]).output
          .contains("\n\nRenamed? `\(proposed)`\n\nNext: `everrunsctl seed apply --expect "))
      let rows = try JSONValue(json: fleet.run(words: words + ["-o", "json"]).output)["rows"]
      let notes = rows.elements.flatMap { $0["notes"].elements }
        .filter { $0["code"] == "looks_renamed" }
      #expect(!notes.isEmpty && notes.allSatisfy { $0["renamed_from"] == "base" })
    }
  }

  @Test func `a name that was edited is called a rename at once, if rows have the old one`() throws
  {
    try Fleet.with { fleet in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      let proposed = "Renamed? everrunsctl harnesses rename base root -p acme"
      for row in ["base", "other"] {
        try fleet.sql("UPDATE harnesses SET name = '\(row)' WHERE name IN ('base', 'other')")
        let run = fleet.run("harnesses set base name=root -p acme")
        #expect(run.output.contains("\n\(proposed)\nNext: ") == (row == "base"), "\(run)")
        _ = fleet.run("platform rollback acme@1")
      }
    }
  }

  @Test func `a row that one organization renamed proposes no rename`() throws {
    try Fleet.with(3) { fleet in
      try fleet.sql("UPDATE harnesses SET name = 'mine' WHERE org_id = 2 AND name = 'chat'")
      let output = fleet.run("seed preview").output
      #expect(output.contains("looks_renamed: looks like a renamed 'mine'"))
      #expect(!output.contains("Renamed?"))
    }
  }

  @Test func `a row whose name no definition can have does not look renamed`() throws {
    try Fleet.with { fleet in
      try fleet.sql("UPDATE harnesses SET name = 'My chat' WHERE name = 'chat'")
      let output = fleet.run("seed preview").output
      #expect(output.contains("+ harness/chat\n") && output.contains("harness/My%20chat"))
      #expect(!output.contains("renamed"))
    }
  }

  @Test func `a rename that nobody declared is proposed before the question and in a dry run`()
    throws
  {
    try Fleet.with { fleet in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      let proposed = "\nRenamed? everrunsctl harnesses rename base root -p acme\n"
      #expect(fleet.run("harnesses set base name=root -p acme -n").output.hasSuffix(proposed))
      _ = fleet.run("harnesses set base name=root -p acme -q")
      for line in ["seed apply -p acme", "harnesses reconcile -p acme"] {
        #expect(
          fleet.run(line + " -n").output.hasSuffix(proposed + "Dry run: nothing was changed.\n"))
        let asked = fleet.run(line, answer: "n")
        #expect(
          asked.errorOutput.contains(proposed + "Apply platform 'acme' to store "), "\(asked)")
      }
    }
  }

  @Test func `an edit proposes only a rename that it makes itself`() throws {
    try Fleet.with { fleet in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      _ = fleet.run("harnesses set base name=root -p acme -q")
      let other = fleet.run("harnesses set chat description=New -p acme -n")
      #expect(other.exitCode == .success && !other.output.contains("Renamed?"), "\(other)")
      let again = fleet.run("harnesses set root name=top -p acme -n").output
      #expect(again.hasSuffix("\nRenamed? everrunsctl harnesses rename base top -p acme\n"))
    }
  }

  @Test func `the current name of a template is not a previous one`() throws {
    try Fleet.with { fleet in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      #expect(
        fleet.run("harnesses set base previous_names+=base -p acme").output
          == "Nothing to do: 'acme@1' already matches.\n")
    }
  }

  @Test func `why a row is renamed counts its name among what differs`() throws {
    try Fleet.with { fleet in
      _ = fleet.run("harnesses rename base root")
      let why = fleet.run("seed why harness/root").output
      #expect(
        why.contains("fields that differ") && why.contains("  name  (store, serial"), "\(why)")
    }
  }

  @Test func `a name recorded after seeding made new rows says that they stay`() throws {
    try Fleet.with { fleet in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      _ = fleet.run("harnesses set base name=root -p acme")
      _ = fleet.run("seed apply -y -q -p acme")
      #expect(
        fleet.run("harnesses rename base root -p acme").errorOutput
          == "note: where built-in harnesses of both names exist, nothing is renamed\n")
    }
  }

  @Test(arguments: ["acme@1", "acme", "-"])
  func `a rename is proposed only where the definition can be changed`(reference: String) throws {
    try Fleet.with { fleet in
      let platform = try String(contentsOfFile: fleet.folder + "/p.yaml", encoding: .utf8)
        .replacing("name: base", with: "name: root").replacing("parent: base", with: "parent: root")
      try fleet.write(platform, to: "acme.yaml")
      _ = fleet.run("platform import acme.yaml -q")
      _ = fleet.run("harnesses set chat description=New -p acme -q")
      let line = ["seed", "preview", "-p", reference]
      let output = fleet.run(words: line, input: platform).output
      #expect(output.contains("looks_renamed: looks like a renamed 'base'"), "\(output)")
      let proposed = "\nRenamed? everrunsctl harnesses rename base root -p \(reference)\n"
      #expect(output.contains(proposed) == (reference == "acme"))
      #expect(output.contains("\nRenamed? ") == (reference == "acme"))
    }
  }

  @Test func `seeding renames the rows, and says why`() throws {
    try Fleet.with(3) { fleet in
      let rows = try fleet.json("store records harness").elements
      let id = rows.first { $0["name"] == "base" }?["id"]
      #expect(fleet.run("harnesses rename base root").exitCode == .success)
      let why = fleet.run("seed why */harness/root").output
      #expect(why.contains("is in the store under a previous name  yes, 'base'"), "\(why)")
      #expect(why.contains("-> renamed: was named 'base'"), "\(why)")
      #expect(fleet.run("seed apply -y -q").exitCode == .success)
      let row = try fleet.json("store records harness").elements.first { $0["id"] == id }
      #expect(row?["name"] == "root")
      let full = fleet.run("seed preview --full -o json").output
      #expect(fleet.run("seed preview -o json").output == full)
      try #expect(fleet.json("seed preview")["summary"]?["update"] == 0)
    }
  }

  @Test func `previous names are set like other lists`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      let result = try bench.json(
        "harnesses set generic previous_names+=base previous_names+=plain -p acme")
      #expect(
        result["changes"] == [
          [
            "op": "change", "path": "built_in_harnesses/generic/previous_names", "before": [],
            "after": ["base", "plain"],
          ]
        ])
    }
  }
}
