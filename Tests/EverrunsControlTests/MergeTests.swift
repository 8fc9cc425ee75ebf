import Everruns
import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

/// `platform merge` and `platform upgrade`.
@Suite struct MergeTests {
  /// A program whose preset is the stock platform with some changes.
  private func program(_ change: @escaping @Sendable (inout PlatformDefinition) -> Void) -> Control
  {
    Control(
      presets: [
        PlatformPreset(name: "oss", summary: "ours") { grade in
          var platform = PlatformDefinition.oss(grade: grade)
          change(&platform)
          return platform
        }
      ] + PlatformPreset.stock.filter { $0.name != "oss" })
  }

  /// The next version of the program: its preset has another description and one more capability.
  private var next: Control {
    program { platform in
      platform.builtInHarnesses[0].description = "Upstream"
      platform.capabilities.replace(CapabilityDescriptor(id: "aa_new", name: "New"))
    }
  }

  @Test func `an upgrade takes the preset's changes and keeps local ones`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("capabilities unregister daytona -p acme")
      bench.run("harnesses set generic description=Ours -p acme")
      let result = bench.run("platform upgrade acme", control: next)
      #expect(result.exitCode == .success)
      #expect(result.errorOutput.contains("grade 'prod'"))
      let acme = try PlatformDefinition(json: bench.run("platform export acme").output)
      #expect(acme.capabilities["aa_new"] != nil)
      #expect(acme.capabilities["daytona"] == nil)
      #expect(acme.builtInHarnesses[0].description == "Upstream")
      #expect(acme.builtInHarnesses.first { $0.name == "generic" }?.description == "Ours")
      // The base has moved: the same upgrade again finds nothing.
      let again = bench.run("platform upgrade acme", control: next)
      #expect(
        again.output == "Nothing to do: no changes of 'oss' to merge; those of 'acme@4' stay.\n")
      bench.run("platform create other --from acme@4")
      bench.run("harnesses set generic tags+=new -p acme")
      #expect(
        bench.run("platform merge other -p acme --base other").output
          == "Nothing to do: no changes of 'other@1' to merge; those of 'acme@5' stay.\n")
    }
  }

  @Test func `an upgrade with nothing to merge moves the base, which a rollback moves back`() throws
  {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("capabilities register - -p acme", input: #"{"id":"aa_new","name":"New"}"#)
      let name = try #require(PlatformDefinition.oss(grade: .prod).builtInHarnesses.first?.name)
      bench.run("harnesses set \(name) description=Upstream -p acme")
      let before = try bench.json("platform show acme")["origin"]
      let note = "note: upgrading to the preset 'oss' at the remembered grade 'prod'\n"
      let summary = "same content, new base for the next upgrade"
      #expect(
        bench.run("platform upgrade acme -n", control: next)
          == Run(
            output: "Dry run: nothing was saved; acme@3 would get: \(summary)\n", errorOutput: note,
            exitCode: .success))
      #expect(
        bench.run("platform upgrade acme", control: next)
          == Run(
            output: "acme@3 -> acme@4: \(summary)\n", errorOutput: note, exitCode: .success))
      let latest = try #require(bench.json("platform history acme").array?.first)
      #expect(latest["summary"]?.string == "upgraded to oss: \(summary)")
      try #expect(bench.json("platform show acme")["origin"] != before)
      #expect(
        bench.run("platform upgrade acme", control: next).output
          == "Nothing to do: 'acme@4' already matches.\n")
      // The preset loses again what it had in common with the definition.
      bench.run("platform upgrade acme")
      let acme = try PlatformDefinition(json: bench.run("platform export acme").output)
      #expect(acme == .oss(grade: .prod))
      bench.run("platform rollback acme@4")
      #expect(
        bench.run("platform rollback acme@3").output == "acme@6 -> acme@7: \(summary)\n")
      try #expect(bench.json("platform show acme")["origin"] == before)
    }
  }

  @Test func `an upgrade that keeps every own value moves the base`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      let harness = try #require(PlatformDefinition.oss(grade: .prod).builtInHarnesses.first)
      bench.run("harnesses set \(harness.name) description=Ours -p acme")
      bench.run("capabilities register - -p acme", input: #"{"id":"aa_new","name":"Mine"}"#)
      #expect(bench.run("platform upgrade acme", control: next).exitCode == .failure)
      let kept = bench.run("platform upgrade acme --ours -q -o json", control: next)
      let document = try JSONValue(json: kept.output)
      #expect(document["before"] == "acme@3" && document["after"] == "acme@4")
      #expect(document["changes"] == [])
      #expect(
        bench.run("platform upgrade acme", control: next).output
          == "Nothing to do: no changes of 'oss' to merge; those of 'acme@4' stay.\n")
    }
  }

  @Test
  func `conflicts are listed together, nothing is saved, and --ours or --theirs resolves them`()
    throws
  {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      let name = try #require(
        PlatformDefinition.oss(grade: .prod).builtInHarnesses.first?.name)
      bench.run("harnesses set \(name) description=Ours -p acme")
      bench.run("capabilities register - -p acme", input: #"{"id":"aa_new","name":"Mine"}"#)
      let refused = bench.run("platform upgrade acme", control: next)
      #expect(refused.exitCode == .failure)
      #expect(refused.errorOutput.contains("error: 2 conflicts; nothing was saved\n"))
      #expect(
        refused.errorOutput.contains(
          """
            capabilities/aa_new/name
              base    none
              ours    "Mine"
          """))
      #expect(
        refused.errorOutput.contains(
          """
              ours    "Ours"
              theirs  "Upstream"
          hint: resolve them with --ours or --theirs, or change one side first

          """))
      let json = try JSONValue(
        json: bench.run("platform upgrade acme -q -o json", control: next).errorOutput)
      #expect(
        json["error"]?["conflicts"]?.array?.compactMap { $0["path"]?.string } == [
          "capabilities/aa_new/name", "built_in_harnesses/\(name)/description",
        ])
      try #expect(bench.json("platform history acme").array?.count == 3)
      bench.run("platform upgrade acme --ours", control: next)
      try #expect(
        bench.json("harnesses show \(name) -p acme")["description"] == "Ours")
      bench.run("platform rollback acme@3")
      bench.run("platform upgrade acme --theirs", control: next)
      try #expect(
        bench.json("harnesses show \(name) -p acme")["description"] == "Upstream")
    }
  }

  @Test func `a conflict about a removed component says what the other side changed`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      let harness = try #require(PlatformDefinition.oss(grade: .prod).builtInHarnesses.first)
      bench.run("harnesses remove \(harness.name) --detach -p acme")
      let refused = bench.run("platform upgrade acme", control: next)
      #expect(
        refused.errorOutput.contains(
          """
              ours    removed
              theirs  description "\(harness.description)" -> "Upstream"
          """))
    }
  }

  @Test func `a conflict of prompts shows what each side changed, and -v the base in full`() throws
  {
    try Workbench.with { bench in
      let prompt = (1...40).map { "word\($0) " }.joined() + "end."
      func set(_ text: String, of platform: String) {
        _ = bench.run(
          words: ["harnesses", "set", "generic", "system_prompt=\(text)", "-p", platform])
      }
      bench.run("platform create acme --from oss")
      set(prompt, of: "acme")
      bench.run("platform create other --from acme")
      set(prompt + " Ask first.", of: "acme")
      set(prompt + " Never ask.", of: "other")
      let line = "platform merge other -p acme --base acme@2"
      let size = prompt.count
      #expect(
        bench.run(line).errorOutput == """
          error: 1 conflict; nothing was saved
            built_in_harnesses/generic/system_prompt
              ours    \(size) -> \(size + 11) characters
                    ... word37 word38 word39 word40 [-end.-]{+end. Ask first.+}
              theirs  \(size) -> \(size + 11) characters
                    ... word37 word38 word39 word40 [-end.-]{+end. Never ask.+}
          hint: resolve them with --ours or --theirs, or change one side first

          """)
      #expect(bench.run(line + " -v").errorOutput.contains("    base    \"\(prompt)\"\n"))
      let terminal = TestStream(isTerminal: true, width: 80)
      _ = EverrunsControlTests.run(
        words: (line + " -v").split(separator: " ").map(String.init), errorOutput: terminal,
        environment: ["HOME": bench.folder, "NO_COLOR": "1"], in: bench.folder)
      let lines = terminal.text.split(separator: "\n")
      #expect(lines.count > 8 && lines.allSatisfy { $0.count <= 80 })
    }
  }

  @Test func `a conflict of texts that look alike says how they differ`() throws {
    try Workbench.with { bench in
      func set(_ tags: String, of platform: String) {
        _ = bench.run(words: ["harnesses", "set", "generic", "tags=\(tags)", "-p", platform])
      }
      bench.run("platform create acme --from oss")
      set("caf\u{e9}", of: "acme")
      bench.run("platform create other --from acme")
      set("cafe\u{301}", of: "acme")
      set("tea", of: "other")
      #expect(
        bench.run("platform merge other -p acme --base acme@2").errorOutput == """
          error: 1 conflict; nothing was saved
            built_in_harnesses/generic/tags
              base    ["caf\u{e9}"]
              ours    ["cafe\u{301}"] (differs only in Unicode normalization)
              theirs  ["tea"]
          hint: resolve them with --ours or --theirs, or change one side first

          """)
    }
  }

  @Test func `a piped conflict is never cut`() throws {
    try Workbench.with { bench in
      let long = String(repeating: "x", count: 500)
      bench.run("platform create acme --from oss")
      bench.run("platform create other --from acme")
      for (name, text) in [("acme", "a" + long), ("other", "b" + long)] {
        bench.run("harnesses set generic description=\(text) -p \(name)")
      }
      let refused = bench.run("platform merge other -p acme --base acme@1").errorOutput
      #expect(refused.contains("    ours    \"a\(long)\"\n    theirs  \"b\(long)\"\n"))
    }
  }

  @Test func `an upgrade to a file moves the base, and keeps the preset and the grade`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss --grade poc")
      bench.run("platform export oss --grade poc --to new.json", control: next)
      let upgraded = bench.run("platform upgrade acme --onto ./new.json")
      #expect(upgraded.exitCode == .success && upgraded.output.contains("acme@1 -> acme@2: "))
      let origin = try bench.json("platform show acme")["origin"]
      #expect(origin?["preset"] == "oss" && origin?["grade"] == "poc")
      #expect(
        try origin?["fingerprint"] == bench.json("platform show ./new.json")["fingerprint"])
      let again = bench.run("platform upgrade acme", control: next)
      #expect(again.output == "Nothing to do: 'acme@2' already matches.\n")
    }
  }

  @Test func `a rollback also restores the base of its revision`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("platform upgrade acme", control: next)
      bench.run("platform rollback acme@1")
      let result = bench.run("platform upgrade acme", control: next)
      #expect(
        result.output.hasSuffix(
          "acme@3 -> acme@4: 1 added, 1 changed\nNext: everrunsctl seed preview -p acme\n"))
    }
  }

  @Test func `an upgrade keeps the grade that the definition was created at`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss --grade dev")
      #expect(
        bench.run("platform upgrade acme -q").output == "Nothing to do: 'acme@1' already matches.\n"
      )
      let lower = bench.run("platform upgrade acme --grade prod")
      #expect(lower.errorOutput.contains("at grade 'prod'"))
      try #expect(bench.json("platform diff oss acme")["changes"] == [])
    }
  }

  @Test func `a copy of a copy remembers the preset, an imported file does not`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("platform create beta --from acme")
      #expect(bench.run("platform upgrade beta", control: next).exitCode == .success)
      bench.run("platform export oss --to file.json")
      bench.run("platform import file.json")
      let refused = bench.run("platform upgrade file")
      #expect(refused.exitCode == .failure)
      #expect(refused.errorOutput.contains("hint: "))
      #expect(
        bench.run("platform upgrade file --base oss --onto oss", control: next).exitCode == .success
      )
    }
  }

  @Test func `a merge applies a change to a definition that differs`() throws {
    try Workbench.with { bench in
      bench.run("platform create a --from oss")
      bench.run("platform create b --from oss")
      bench.run("capabilities unregister browserless -p b")
      bench.run("harnesses set generic tags+=new -p a")
      let merged = try bench.json("platform merge a --base a@previous -p b")
      #expect(
        merged["changes"]?.array?.map { $0["path"] } == ["built_in_harnesses/generic/tags"])
      try #expect(bench.json("platform merge a -p b")["changes"] == [])
      #expect(bench.run("platform merge a -p oss").exitCode == .failure)
    }
  }

  @Test func `a merge follows a rename`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("harnesses rename generic assistant -p acme")
      bench.run("platform create other --from oss")
      bench.run("harnesses set generic description=Better -p other")
      #expect(bench.run("platform merge other --base oss -p acme").exitCode == .success)
      try #expect(
        bench.json("harnesses show assistant -p acme")["description"] == "Better")
    }
  }

  @Test func `of a template that both sides renamed, the names are the conflict`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("harnesses rename generic alpha -p acme")
      bench.run("platform create other --from oss")
      bench.run("harnesses rename generic beta -p other")
      bench.run("harnesses set beta description=Better -p other")
      #expect(
        bench.run("platform merge other --base oss -p acme")
          == Run(
            output: "",
            errorOutput: """
              error: 1 conflict; nothing was saved
                built_in_harnesses/generic/name
                  base    "generic"
                  ours    "alpha"
                  theirs  "beta"
              hint: resolve them with --ours or --theirs, or change one side first

              """, exitCode: .failure))
      for (side, name, old) in [("--ours", "alpha", "beta"), ("--theirs", "beta", "alpha")] {
        bench.run("platform create \(name) --from acme")
        #expect(
          bench.run("platform merge other --base oss -p \(name) \(side)").exitCode == .success)
        let merged = try PlatformDefinition(json: bench.run("platform export \(name)").output)
        let harnesses = merged.builtInHarnesses
        let harness = try #require(harnesses.first { $0.name == name })
        // Rows of our name become those of theirs.
        #expect(harness.previousNames == (side == "--ours" ? ["generic"] : ["alpha", "generic"]))
        #expect(harness.description == "Better")
        #expect(!harnesses.contains { $0.name == old || $0.parent == old })
        #expect(harnesses.contains { $0.parent == name })
        #expect(harnesses.count == PlatformDefinition.oss(grade: .prod).builtInHarnesses.count)
      }
    }
  }

  @Test func `a name that another template got on the other side is a conflict`() throws {
    try Workbench.with { bench in
      let added = #"{"name": "zed", "display_name": "Zed", "system_prompt": "Zed."}"#
      bench.run("platform create acme --from oss")
      bench.run("harnesses rename base zed -p acme")
      bench.run("platform create other --from oss")
      try bench.write(added, to: "zed.json")
      bench.run("harnesses add zed.json -p other")
      for (own, theirs) in [("acme", "other"), ("other", "acme")] {
        let refused = bench.run("platform merge \(theirs) --base oss -p \(own)")
        #expect(refused.exitCode == .failure && refused.output.isEmpty, "\(refused)")
        let renamed = "was renamed from 'base'"
        let sides = own == "acme" ? [renamed, "was added"] : ["was added", renamed]
        #expect(
          refused.errorOutput == """
            error: 1 conflict; nothing was saved
              built_in_harnesses/zed: two templates have this name
                ours    \(sides[0])
                theirs  \(sides[1])
            hint: resolve them with --ours or --theirs, or change one side first: everrunsctl \
            harnesses rename zed NEW -p \(own)

            """, "\(refused)")
        let json = try JSONValue(
          json: bench.run("platform merge \(theirs) --base oss -p \(own) -o json").errorOutput)
        #expect(
          json["error"]?["conflicts"]?.array?.map { $0["reason"]?.string } == [
            "two templates have this name; ours \(sides[0]), theirs \(sides[1])"
          ])
        for side in ["--ours", "--theirs"] {
          let name = own + side.dropFirst()
          bench.run("platform create \(name) --from \(own)")
          let line = "platform merge \(theirs) --base oss -p \(name) \(side)"
          #expect(bench.run(line).exitCode == .success)
          let merged = try PlatformDefinition(json: bench.run("platform export \(name)").output)
          let zed = try #require(merged.builtInHarnesses.first { $0.name == "zed" })
          let isRenamed = (side == "--ours") == (own == "acme")
          #expect(zed.displayName == (isRenamed ? "Base" : "Zed"))
          #expect(zed.previousNames == (isRenamed ? ["base"] : []))
          #expect(merged.builtInHarnesses.contains { $0.name == "base" } == !isRenamed)
          #expect(bench.run(line).output.hasPrefix("Nothing to do: "))
        }
      }
    }
  }

  @Test func `a conflict about a name is over once one of the templates is renamed`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("harnesses rename base zed -p acme")
      bench.run("platform create other --from oss")
      bench.run("harnesses rename generic zed -p other")
      let line = "platform merge other --base oss -p acme"
      let refused = bench.run(line)
      #expect(
        refused.errorOutput.contains(
          "    ours    was renamed from 'base'\n    theirs  was renamed from 'generic'\n"),
        "\(refused)")
      bench.run("harnesses rename zed zoe -p acme")
      let merged = bench.run(line)
      #expect(merged.exitCode == .success, "\(merged)")
      #expect(
        merged.output.contains(
          "warning: the harness 'zoe' has the previous name 'zed', which is the name of another "
            + "harness"), "\(merged)")
      let names = try PlatformDefinition(json: bench.run("platform export acme").output)
        .builtInHarnesses.map { "\($0.name) \($0.previousNames)" }
      #expect(names.contains(#"zoe ["zed", "base"]"#), "\(names)")
      #expect(names.contains(#"zed ["generic"]"#), "\(names)")
    }
  }

  @Test func `previous names of both sides are united, and a second merge changes nothing`() throws
  {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("harnesses rename generic one -p acme")
      bench.run("harnesses rename one two -p acme")
      bench.run("platform create other --from oss")
      bench.run("harnesses rename generic uno -p other")
      bench.run("harnesses rename uno two -p other")
      #expect(bench.run("platform merge other --base oss -p acme").exitCode == .success)
      func previousNames() throws -> [String]? {
        try PlatformDefinition(json: bench.run("platform export acme").output).builtInHarnesses
          .first { $0.name == "two" }?.previousNames
      }
      try #expect(previousNames() == ["one", "generic", "uno"])
      for side in ["", " --theirs", " --ours"] {
        let again = bench.run("platform merge other --base oss -p acme" + side)
        #expect(again.output.hasPrefix("Nothing to do: "), "\(again)")
      }
      // What one side removed stays removed.
      bench.run("harnesses set two previous_names-=uno -p other")
      bench.run("platform create base --from acme")
      #expect(bench.run("platform merge other --base base -p acme").exitCode == .success)
      try #expect(previousNames() == ["generic"])
    }
  }

  @Test func `conflicts about names stand among those of their templates`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("platform create other --from oss")
      for (platform, name) in [("acme", "alpha"), ("other", "beta")] {
        bench.run(
          "capabilities register - -p \(platform)", input: #"{"id":"aa","name":"\#(name)"}"#)
        bench.run("harnesses set base description=\(name) -p \(platform)")
        bench.run("harnesses rename generic \(name) -p \(platform)")
        bench.run("harnesses set \(name) description=\(name) -p \(platform)")
      }
      let json = try JSONValue(
        json: bench.run("platform merge other --base oss -p acme -o json").errorOutput)
      #expect(
        json["error"]?["conflicts"]?.array?.compactMap { $0["path"]?.string } == [
          "capabilities/aa/name", "built_in_harnesses/base/description",
          "built_in_harnesses/generic/name", "built_in_harnesses/alpha/description",
        ])
    }
  }

  @Test func `a conflict about a removed template says that the other side renamed it`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("harnesses remove generic --detach -p acme")
      bench.run("platform create other --from oss")
      bench.run("harnesses rename generic beta -p other")
      #expect(
        bench.run("platform merge other --base oss -p acme").errorOutput.contains(
          """
            built_in_harnesses/beta
              ours    removed
              theirs  name "generic" -> "beta", previous_names none -> ["generic"]
          """))
    }
  }
}
