import Foundation
import Testing

/// Completions, asked for in the real shells.
@Suite struct CompletionTests {
  @Test func `bash completes`() throws { try completes(in: .bash) }

  @Test(.enabled(if: Tool.zsh)) func `zsh completes`() throws { try completes(in: .zsh) }

  @Test(.enabled(if: Tool.fish)) func `fish completes`() throws { try completes(in: .fish) }

  @Test(.enabled(if: Tool.fish))
  func `fish completes paths that begin with a home folder or a variable`() throws {
    try withSandbox { sandbox in
      let home = sandbox.home
      try FileManager.default.createDirectory(
        atPath: home + "/fleets", withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: home + "/note.json"))
      let lines = [
        "everrunsctl platform export --to ~/no", "everrunsctl platform validate ~/no",
        "everrunsctl platform export --to $HOME/no", "everrunsctl -s ~/fl",
        "everrunsctl platform export --to=~/no",
      ]
      let answers = try sandbox.complete(lines, in: .fish, environment: ["HOME": home])
      #expect(
        answers.map { $0.filter { !$0.hasPrefix("~/.") } } == [
          ["~/note.json"], ["~/note.json"], ["$HOME/note.json"], ["~/fleets/"], [],
        ])
    }
  }

  /// A line and what every shell must offer at its end; bash without the descriptions, and without
  /// what stands in front of the last sign at which it breaks words.
  private static let cases: [(line: String, offers: [String])] = [
    ("everrunsctl cap", ["capabilities\tCapabilities: modular units of agent functionality"]),
    ("everrunsctl capability li", ["list\tList the capabilities of the platform"]),
    ("everrunsctl -o json driver sh", ["show\tShow one or more drivers"]),
    ("everrunsctl capabilities list --sta", ["--status\tOnly capabilities of this status"]),
    (
      "everrunsctl --risk high capabilities list --st",
      ["--status\tOnly capabilities of this status", "--store\tThe store"]
    ),
    (
      "everrunsctl capabilities list --risk ",
      [
        "low\treads or computes", "medium\treaches outside",
        "high\truns code or changes things outside",
      ]
    ),
    ("everrunsctl capabilities list --risk=me", ["--risk=medium\treaches outside"]),
    ("everrunsctl -qo ya", ["yaml\tthe same data as YAML"]),
    ("everrunsctl -qoya", ["-qoyaml\tthe same data as YAML"]),
    // A command that is known offers the formats that it writes.
    (
      "everrunsctl status -o ",
      ["text\tfor people", "json\tfor programs", "yaml\tthe same data as YAML"]
    ),
    (
      "everrunsctl platform diff oss --output=ma",
      ["--output=markdown\tfor plans and differences, as in review comments"]
    ),
    ("everrunsctl platform show oss --output=ma", []),
    ("everrunsctl -q --quie", []),
    ("everrunsctl harnesses remove generic --orphan --det", []),
    ("everrunsctl harnesses remove generic --det", ["--detach\tRemove their parent"]),
    ("everrunsctl harnesses remove -- -", []),
    ("everrunsctl unknown ", []),
    ("everrunsctl status ", []),
    ("everrunsctl -p acm", ["acme\tsaved, revision 2"]),
    (
      "everrunsctl platform show acme@",
      [
        "acme@2\tlatest", "acme@1\tprevious", "acme@latest\trevision 2",
        "acme@previous\trevision 1",
      ]
    ),
    (
      "everrunsctl --platform=acme@",
      [
        "--platform=acme@2\tlatest", "--platform=acme@1\tprevious",
        "--platform=acme@latest\trevision 2", "--platform=acme@previous\trevision 1",
      ]
    ),
    ("everrunsctl platform show acme@l", ["acme@latest\trevision 2"]),
    (
      "everrunsctl capabilities show dayt",
      ["daytona\tRuns code in Daytona cloud workspaces and moves files in and out of them."]
    ),
    ("everrunsctl -p acme capabilities show dayt", []),
    ("everrunsctl capabilities show --platform=acme dayt", []),
    ("everrunsctl drivers show gem", ["gemini\tGoogle Gemini"]),
    ("everrunsctl orgs show org_2", ["org_2\tWest: \"Best\" & it's"]),
    ("everrunsctl -s other.db orgs show org_2", []),
    ("everrunsctl help seed prev", ["preview\tShow what seeding would do to the store, and why"]),
    ("everrunsctl help exit", ["exit-codes\tWhat the exit codes mean"]),
    ("everrunsctl completions fi", ["fish\tfish 3 or later"]),
    ("everrunsctl harnesses add pl", ["plain.json"]),
    ("everrunsctl platform show pl", ["plain.json"]),
    ("everrunsctl platform show su", ["suite/"]),
    ("everrunsctl --platform=su", ["--platform=suite/"]),
    ("everrunsctl platform history su", []),
    ("everrunsctl harnesses set generic description=@plain.t", ["description=@plain.txt"]),
    ("everrunsctl harnesses set generic tags+=@plain.t", ["tags+=@plain.txt"]),
    ("everrunsctl harnesses set generic description=@@plain.t", []),
    ("everrunsctl harnesses set generic description=@~", []),
    ("everrunsctl orgs set org_2 name=@pl", []),
    ("everrunsctl drivers list --columns prov", ["provider_type"]),
    (
      "everrunsctl drivers list --columns=provider_type,d",
      [
        "--columns=provider_type,display_name", "--columns=provider_type,default_base_url",
        "--columns=provider_type,description",
      ]
    ),
    ("everrunsctl drivers show gemini gem", []),
    ("everrunsctl harnesses remove generic gen", []),
    ("everrunsctl harnesses remove generic --reparent gen", []),
    ("everrunsctl harnesses remove generic --reparent=gen", []),
    (
      "everrunsctl harnesses remove generic --reparent=ba",
      ["--reparent=base\tEmpty starting point with no capabilities."]
    ),
  ]

  private func completes(in shell: ShellUnderTest) throws {
    try withSandbox { sandbox in
      try Self.prepare(sandbox)
      let before = try sandbox.everything(below: sandbox.home)
      let answers = try sandbox.complete(Self.cases.map(\.line), in: shell)
      #expect(answers.count == Self.cases.count)
      for (test, answer) in zip(Self.cases, answers) {
        let expected =
          shell == .bash ? test.offers.map { Self.bashForm($0, test.line) } : test.offers
        // fish offers also words that only contain what is typed, letter by letter.
        let typed = Self.lastWord(of: test.line)
        let offered = shell == .fish ? answer.filter { $0.hasPrefix(typed) } : answer
        #expect(offered == expected, "\(shell) at the end of: \(test.line)")
      }
      #expect(try sandbox.everything(below: sandbox.home) == before)
    }
  }

  /// What bash is told to insert: no description, and only what is behind the last `=` that is
  /// typed already, or begins with the last `@`.
  private static func bashForm(_ offer: String, _ line: String) -> String {
    let word = String(offer.prefix { $0 != "\t" })
    let typed = lastWord(of: line)
    let kept = typed.lastIndex { "=@:".contains($0) }
      .map { typed.distance(from: typed.startIndex, to: $0) + (typed[$0] == "@" ? 0 : 1) }
    return String(word.dropFirst(kept ?? 0))
  }

  private static func lastWord(of line: String) -> String {
    line.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
  }

  private static func prepare(_ sandbox: Sandbox) throws {
    try sandbox.run("platform create acme --from oss").expect(out: nil)
    try sandbox.run("capabilities unregister daytona -p acme").expect(out: nil)
    try sandbox.sql(
      "INSERT INTO organizations(org_id, public_id, name) VALUES (2, 'org_2', 'West: \"Best\" & it''s')"
    )
    try sandbox.write("plain.json", "{}")
    try sandbox.write("plain.txt", "")
    try sandbox.makeFolder("suite")
  }

  @Test(.enabled(if: Tool.zsh && Tool.fish))
  func `words with blanks and quotes are inserted so that the shell reads them back`() throws {
    try withSandbox { sandbox in
      try Self.prepare(sandbox)
      let lines = [
        #"everrunsctl orgs show Wes"#, #"everrunsctl orgs show "Wes"#,
        #"everrunsctl orgs show West:\ "#,
      ]
      let bash = try sandbox.complete(lines, in: .bash)
      #expect(
        bash == [
          [#"West:\ \"Best\"\ \&\ it\'s"#], [#"West: \"Best\" & it's"#],
          [#"\ \"Best\"\ \&\ it\'s"#],
        ])
      #expect(
        try sandbox.complete([lines[0]], in: .zsh)
          == [[#"West:\ \"Best\"\ \&\ it\'s"# + "\torg_2"]])
      #expect(
        try sandbox.complete([lines[0], lines[1]], in: .fish)
          == Array(repeating: [#"West: "Best" & it's"# + "\torg_2"], count: 2))
    }
  }

  @Test func `bash inserts no empty value after the '=' of a setting`() throws {
    try withSandbox { sandbox in
      try Self.prepare(sandbox)
      let answers = try sandbox.complete(
        [
          "everrunsctl harnesses set generic parent=", "everrunsctl harnesses set generic paren",
        ], in: .bash)
      #expect(answers.count == 2 && answers.last == ["parent="])
      #expect(answers.first?.contains { $0.isEmpty || $0 == "''" } == false)
    }
  }

  @Test func `bash offers every file where any fits, besides folders`() throws {
    try withSandbox { sandbox in
      try sandbox.makeFolder("some")
      try sandbox.makeFolder("some/folder")
      try sandbox.write("some/file.txt", "")
      let answers = try sandbox.complete(
        [
          "everrunsctl store restore some/f", "everrunsctl capabilities list > some/f",
          "everrunsctl harnesses set generic system_prompt=@some/f",
          "everrunsctl -p some/f",
        ], in: .bash)
      #expect(
        answers.map { $0.sorted() } == [
          ["some/file.txt", "some/folder"], ["some/file.txt", "some/folder"],
          ["@some/file.txt", "@some/folder/"], ["some/folder"],
        ])
    }
  }

  @Test func `the platform and the store can come from the environment`() throws {
    try withSandbox { sandbox in
      try Self.prepare(sandbox)
      let line = "everrunsctl capabilities show dayt"
      #expect(try sandbox.complete([line], in: .bash) == [["daytona"]])
      #expect(
        try sandbox.complete([line], in: .bash, environment: ["EVERRUNS_PLATFORM": "acme"])
          == [[]])
      #expect(
        try sandbox.complete(
          ["everrunsctl orgs show org_"], in: .bash, environment: ["EVERRUNS_STORE": "none.db"])
          == [[]])
      #expect(
        try sandbox.complete(
          ["everrunsctl capabilities show sample_"], in: .bash,
          environment: ["DEPLOYMENT_GRADE": "none"]) == [[]])
    }
  }

  @Test(.enabled(if: Tool.zsh && Tool.fish))
  func `variables set before the command count in zsh and fish`() throws {
    try withSandbox { sandbox in
      try Self.prepare(sandbox)
      for shell in [ShellUnderTest.zsh, .fish] {
        let answers = try sandbox.complete(
          ["EVERRUNS_PLATFORM=acme everrunsctl capabilities show dayto"], in: shell)
        #expect(answers.count == 1 && !answers[0].contains { $0.hasPrefix("daytona") })
      }
    }
  }

  @Test func `errors while completing are silent and create nothing`() throws {
    try withSandbox { sandbox in
      try sandbox.write("broken.json", "{")
      try sandbox.write("broken.db", "this is no store, but it has some length")
      for line in [
        "capability  -p broken.json", "capability  -p none", "capability  -p -",
        "organization  -s broken.db", "organization  -s /nowhere/at/all.db", "nothing ",
        "address  -s broken.db", "platform x@ -s .",
      ] {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        try sandbox.run([Program.path, "__complete"] + words).expect(out: "", err: "")
      }
      #expect(try sandbox.everything(below: sandbox.home) == [:])
    }
  }

  @Test(.enabled(if: Tool.zsh && Tool.fish)) func `the scripts are sound`() throws {
    try withSandbox { sandbox in
      for (shell, check) in [
        (ShellUnderTest.bash, "-n"), (.zsh, "-n"), (.fish, "--no-execute"),
      ] {
        let script = try sandbox.write("script", sandbox.run("completions", shell.rawValue).out)
        try sandbox.run([shell.path, check, script]).expect(out: "")
      }
    }
  }
}
