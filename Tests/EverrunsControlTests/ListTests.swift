import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Testing

@testable import EverrunsControl

@Suite struct ListTests {
  private let lists = [
    "capabilities list", "drivers list", "providers list", "harnesses list", "platform list",
    "platform history mine",
  ]

  private func withStore(_ body: (Workbench) throws -> Void) throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      try body(bench)
    }
  }

  @Test func `every column can be selected, in text, TSV, JSON and JSON lines`() throws {
    try withStore { bench in
      for list in lists {
        let objects = try bench.json(list).array ?? []
        let keys = objects.first?.object?.members.map(\.key) ?? []
        #expect(!keys.isEmpty)
        let line = "\(list) --columns \(keys.reversed().joined(separator: ","))"
        let named = try bench.json(line).array ?? []
        #expect(named.map { $0.object?.members.map(\.key) } == objects.map { _ in keys.reversed() })
        #expect(named.map { $0[keys[0]] } == objects.map { $0[keys[0]] })
        let lines = bench.run(line + " -o jsonl").output.split(separator: "\n")
        #expect(try lines.map { try JSONValue(json: String($0)) } == named)
        let cells = bench.run(line + " -o tsv").output.split(separator: "\n")
        #expect(cells.count == objects.count)
        #expect(
          cells.allSatisfy {
            $0.split(separator: "\t", omittingEmptySubsequences: false).count == keys.count
          })
        #expect(bench.run(line).output.split(separator: "\n").count == objects.count + 1)
      }
    }
  }

  /// The words that are offered for `--columns` of a list.
  private func offered(_ typed: String, after line: String, in bench: Workbench) -> [String] {
    bench.run(words: ["__complete", "column", typed] + line.split(separator: " ").map(String.init))
      .output.split(separator: "\n").map(String.init)
  }

  @Test func `every list completes the columns that it accepts, without those already named`()
    throws
  {
    try withStore { bench in
      bench.run("seed apply -y -q")
      let lists = Control().program.tree.allCommands.filter {
        $0.command.action?.formats.contains(.tsv) == true
      }.map { $0.path.joined(separator: " ") }
      #expect(lists.count == 13)
      for list in lists {
        var line = list
        switch list {
        case "store records": line += " harness"
        case "harnesses status": line += " --org org_00000000000000000000000000000001"
        case "platform history": line += " mine"
        default: break
        }
        let keys = offered("", after: line, in: bench)
        let written = try bench.json(line).array ?? []
        let present = Set(written.flatMap { $0.object?.members.map(\.key) ?? [] })
        #expect(!keys.isEmpty && present.subtracting(keys).isEmpty, "\(list): \(present)")
        let named = bench.run("\(line) --columns \(keys.joined(separator: ",")) -o jsonl")
        #expect(named.errorOutput == "", "\(list)")
        let rest = Array(keys.dropFirst())
        #expect(offered(keys[0] + ",", after: line, in: bench) == rest.map { keys[0] + "," + $0 })
        #expect(offered("", after: "\(line) --columns \(keys[0])", in: bench) == rest)
      }
      #expect(offered("", after: "harnesses status", in: bench).contains("release"))
      for line in ["store records", "store records nonsense", "status", "seed preview", ""] {
        #expect(offered("", after: line, in: bench) == [])
      }
    }
  }

  @Test func `an unknown column is refused with the known ones`() throws {
    try withStore { bench in
      let result = bench.run("drivers list --columns provider_type,nam")
      #expect(
        result
          == Run(
            output: "",
            errorOutput: """
              error: '--columns': this list has no column 'nam'
              hint: the columns are provider_type, display_name, requires_api_key, default_base_url, description
              usage: everrunsctl drivers list [options]
              run 'everrunsctl drivers list --help' for more

              """, exitCode: .usage)
          || result.exitCode == .usage
            && result.errorOutput.contains("the columns are provider_type,")
      )
      #expect(
        bench.run("drivers list --columns nope,provider_type,neither,nope").errorOutput
          .hasPrefix("error: '--columns': this list has no column 'nope' or 'neither'\nhint: the "))
      #expect(bench.run("drivers list --columns x -o yaml").exitCode == .usage)
      #expect(bench.run("capabilities list --category none --columns icon").exitCode == .success)
    }
  }

  @Test func `a list fits the terminal, and is whole in a pipe`() throws {
    try withStore { bench in
      for list in lists {
        for width in [60, 80, 140] {
          let lines = bench.run(list, width: width).output.split(separator: "\n")
          let count = try bench.json(list).array?.count ?? 0
          #expect(lines.count == count + 1, "\(list) at \(width)")
          #expect(lines.allSatisfy { $0.count <= width }, "\(list) at \(width)")
          if width >= 80 { #expect(!lines[0].contains("…"), "\(list) at \(width)") }
        }
        #expect(!bench.run(list).output.contains("…"))
      }
    }
  }

  @Test func `columns that are named in several options add up, each once`() throws {
    try withStore { bench in
      let once = bench.run("drivers list -o json --columns provider_type,display_name")
      let repeated = bench.run(
        "drivers list -o json --columns provider_type --columns display_name,provider_type")
      #expect(once.exitCode == .success && once.output == repeated.output)
    }
  }

  @Test func `an option with one value is refused where it has two, an option of all commands not`()
    throws
  {
    try withStore { bench in
      let refused = bench.run("seed preview --prune release --prune delete")
      #expect(refused.exitCode == .usage && refused.output.isEmpty)
      #expect(
        refused.errorOutput.hasPrefix(
          "error: option '--prune' takes one value, but was given 'release' and 'delete'\n"))
      #expect(bench.run("drivers list -o json -o name").output.hasPrefix("anthropic\n"))
    }
  }

  @Test(arguments: [
    ("harnesses set generic description=a description=b", "'description'", "'description=a'"),
    ("harnesses set generic tags+=a tags=b", "'tags'", "'tags+=a'"),
    ("orgs set nobody name=a name=b", "'name'", "'name=a'"),
    ("orgs set nobody base-harness=a base-harness=", "'base-harness'", "'base-harness=a'"),
  ])
  func `a field that is assigned twice is refused`(
    line: String, field: String, first: String
  ) throws {
    try withStore { bench in
      let refused = bench.run(line)
      #expect(refused.exitCode == .usage && refused.output.isEmpty)
      #expect(refused.errorOutput.hasPrefix("error: \(field) is given twice: \(first) and "))
    }
  }

  @Test func `diagnostics are a list with columns`() throws {
    try Workbench.with { bench in
      try bench.write(
        "format: everruns.platform/v1\nbuilt_in_harnesses:\n"
          + "  - {name: a, display_name: A, system_prompt: x, parent: q, roles: [base, default, chat]}\n",
        to: "p.yaml")
      #expect(
        bench.run("platform validate ./p.yaml -o tsv --columns code,line,path").output
          == "unknown_parent\t3\t/built_in_harnesses/0/parent\n")
      #expect(
        bench.run("platform validate ./p.yaml -o name").output
          == "/built_in_harnesses/0/parent\n")
      let lines = bench.run("platform validate ./p.yaml -o jsonl").output
      #expect(try JSONValue(json: lines) == bench.json("platform validate ./p.yaml").array?.first)
      #expect(bench.run("platform validate oss -o tsv").output.isEmpty)
    }
  }

  @Test func `the tree of harnesses is a list with columns`() throws {
    try Workbench.with { bench in
      #expect(
        bench.run("harnesses tree -p oss -o tsv --columns depth,name").output
          .hasPrefix("0\tbase\n0\tgeneric\n1\tplatform-chat\n"))
    }
  }

  @Test func `a repeated filter is a union`() throws {
    try withStore { bench in
      let ids = { (line: String) in
        bench.run("capabilities list -o name " + line).output.split(separator: "\n")
      }
      let all = ids("")
      let both = ids("--risk high --risk medium")
      #expect(Set(both) == Set(ids("--risk high")).union(ids("--risk medium")))
      #expect(both == all.filter(Set(both).contains))
      #expect(both.count < all.count)
    }
  }

  @Test func `unused capabilities are those that no harness and no agent needs`() throws {
    try withStore { bench in
      let rows = try bench.json("capabilities list --columns id,used_by").array ?? []
      let unused = rows.filter { $0["used_by"] == [] }.compactMap { $0["id"]?.string }
      #expect(!unused.isEmpty && unused.count < rows.count)
      #expect(
        bench.run("capabilities list --unused -o name").output.split(separator: "\n").map(
          String.init)
          == unused)
      let daytona = rows.first { $0["id"] == "daytona" }
      #expect(daytona?["used_by"]?.array?.contains("agent/daytona-coder") == true)
      #expect(try bench.json("capabilities list").array?.first?["used_by"] == nil)
      #expect(bench.run("capabilities list").output.hasPrefix("ID"))
      #expect(bench.run("capabilities list").output.contains("USED_BY"))
    }
  }

  @Test func `tab-separated values escape separators`() throws {
    try Workbench.with { bench in
      bench.run(
        "drivers register -",
        input: #"{"provider_type":"x","display_name":"a\tb\nc\\d\re","default_base_url":null}"#)
      let lines = bench.run(
        "drivers list --columns provider_type,display_name,default_base_url -o tsv"
      )
      .output.split(separator: "\n")
      #expect(lines.contains("x\t" + #"a\tb\nc\\d\re"# + "\t"))
    }
  }

  @Test func `stored rows are listed by columns too`() throws {
    try Workbench.with { bench in
      bench.run("seed apply --yes")
      let rows = try bench.json("store records llm_model").array ?? []
      let named = try bench.json("store records llm_model --columns model_id,installed").array ?? []
      #expect(!rows.isEmpty)
      #expect(
        named.map(\.canonicalJSON)
          == rows.map { row in
            JSONValue.object([
              "model_id": row["model_id"] ?? nil, "installed": row["installed"] ?? nil,
            ]).canonicalJSON
          })
      let lines = bench.run("store records llm_model -o jsonl").output.split(separator: "\n")
      #expect(lines.count == rows.count)
    }
  }

  @Test func `stored rows of several organizations are listed in the given order, each once`()
    throws
  {
    try Fleet.with(3) { fleet throws in
      let rows = { (number: Int) in
        try fleet.json("store records harness --org \(Fleet.organization(number))").elements
      }
      let both = try fleet.json(
        [3, 2, 3].reduce("store records harness") { "\($0) --org \(Fleet.organization($1))" })
      #expect(try both.elements == rows(3) + rows(2))
      #expect(both.elements.count == 4)
    }
  }

  @Test func `more columns are shown with -v`() throws {
    try withStore { bench in
      for list in lists {
        let heads = { (option: String) in
          bench.run(list + option).output.prefix { $0 != "\n" }.split(separator: " ")
        }
        #expect(heads(" -v").count > heads("").count, "\(list)")
      }
    }
  }

  @Test func `the history of a definition has the latest revision first`() throws {
    try withStore { bench in
      bench.run("capabilities unregister daytona -p mine")
      #expect(bench.run("platform history mine -o name").output == "mine@2\nmine@1\n")
    }
  }
}
