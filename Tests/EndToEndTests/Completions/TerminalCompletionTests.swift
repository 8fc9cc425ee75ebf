import Testing

/// Completions, pressed for in a terminal, in shells that have nothing but their own defaults: what
/// stands on the line afterwards.
@Suite(.enabled(if: Tool.python)) struct TerminalCompletionTests {
  /// What is typed, and the words that the line then has; behind what was completed an `X` is
  /// typed.
  private static let cases: [(line: String, words: [String])] = [
    ("everrunsctl capab", ["capabilities", "X"]),
    ("everrunsctl platform export --to=no", ["platform", "export", "--to=note.txt", "X"]),
    ("everrunsctl platform export --to no", ["platform", "export", "--to", "note.txt", "X"]),
    ("everrunsctl platform show acme@1", ["platform", "show", "acme@1", "X"]),
    ("everrunsctl platform show -p acme@2", ["platform", "show", "-p", "acme@2", "X"]),
    ("everrunsctl orgs list --platform=acme@2", ["orgs", "list", "--platform=acme@2", "X"]),
    ("everrunsctl -p ./plain.j", ["-p", "./plain.json", "X"]),
    ("everrunsctl orgs show Wes", ["orgs", "show", #"West: "Best" & it's"#, "X"]),
    (#"everrunsctl orgs show "Wes"#, ["orgs", "show", #"West: "Best" & it's"#, "X"]),
    ("everrunsctl orgs set org_2 default-m", ["orgs", "set", "org_2", "default-model=X"]),
    ("everrunsctl harnesses set base sys", ["harnesses", "set", "base", "system_prompt=X"]),
    (
      "everrunsctl harnesses set base parent=gen",
      ["harnesses", "set", "base", "parent=generic", "X"]
    ),
    (
      "everrunsctl harnesses set base roles=chat,def",
      ["harnesses", "set", "base", "roles=chat,default", "X"]
    ),
    (
      "everrunsctl harnesses set base tags+=gen",
      ["harnesses", "set", "base", "tags+=generic", "X"]
    ),
    (
      "everrunsctl orgs set org_2 default-harness=ow",
      ["orgs", "set", "org_2", "default-harness=own", "X"]
    ),
    (
      "everrunsctl harnesses set base description=@no",
      ["harnesses", "set", "base", "description=@note.txt", "X"]
    ),
    (
      "everrunsctl drivers list --columns provider_type,disp",
      ["drivers", "list", "--columns", "provider_type,display_name", "X"]
    ),
    ("everrunsctl platform show su", ["platform", "show", "suite/X"]),
    ("everrunsctl seed apply --ov", ["seed", "apply", "--overwrite", "X"]),
  ]

  private func completes(_ shell: String, _ setup: String) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create acme --from oss").expect(out: nil)
      try sandbox.run("capabilities unregister daytona -p acme").expect(out: nil)
      try sandbox.sql(
        "INSERT INTO organizations(org_id, public_id, name) VALUES (2, 'org_2', 'West: \"Best\" & it''s')"
      )
      try sandbox.sql(
        """
        INSERT INTO harnesses(id, org_id, name, display_name, system_prompt)
        VALUES ('h', 2, 'own', 'Own', 'x')
        """)
      for name in ["note.txt", "plain.json"] { try sandbox.write(name, "") }
      try sandbox.makeFolder("suite")
      let words = try sandbox.wordsAfterCompleting(Self.cases.map(\.line), in: shell, setup)
      #expect(words == Self.cases.map { ["everrunsctl"] + $0.words })
    }
  }

  private static let bash = "/usr/bin/bash --norc --noprofile -i"
  private static let sourcing = "source <(everrunsctl completions bash)"

  @Test func `bash completes without the package bash-completion`() throws {
    try completes(Self.bash, Self.sourcing)
  }

  @Test(.enabled(if: Tool.bashCompletion))
  func `bash completes with the package bash-completion`() throws {
    try completes(
      Self.bash, "source /usr/share/bash-completion/bash_completion; " + Self.sourcing)
  }

  @Test func `bash completes if '=' and ':' do not break words`() throws {
    try completes(Self.bash, Self.sourcing + "; COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]}")
  }

  @Test(.enabled(if: Tool.zsh)) func `zsh completes`() throws {
    try completes(
      "/usr/bin/zsh -f -i",
      "mkdir f; everrunsctl completions zsh > f/_everrunsctl; fpath=($PWD/f $fpath); "
        + "autoload -Uz compinit; compinit -D -u")
  }

  @Test(.enabled(if: Tool.fish)) func `fish completes`() throws {
    try completes("/usr/bin/fish --no-config -i", "everrunsctl completions fish | source")
  }
}
