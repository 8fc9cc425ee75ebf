import CommandLineTree
import Testing

@Suite struct CompletionScriptTests {
  @Test(arguments: [
    (CompletionShell.bash, "shop.bash"), (.zsh, "_shop"), (.fish, "shop.fish"),
  ])
  func `a shell finds its file by the program's name`(shell: CompletionShell, name: String) {
    #expect(shell.fileName(for: "shop") == name)
  }

  @Test(arguments: CompletionShell.allCases)
  func `a script names every command and option, and asks for the program's own lists`(
    shell: CompletionShell
  ) {
    let script = Shop.tree.completions(for: shell)
    for place in Shop.tree.allCommands {
      #expect(script.contains("'\(place.path.joined(separator: " "))'"))
    }
    for word in ["--grade", "-g", "--dry-run", "-n", "--output", "-o", "--help", "fresh"] {
      #expect(script.contains("'\(word)'"))
    }
    #expect(script.contains("list 'fruits'"))
    #expect(script.contains("files 'json'"))
    #expect(script.contains("shop"))
  }

  @Test func `quotes in a summary stay inside of a word`() {
    let tree = CommandTree<Int>(
      name: "x", version: "1", summary: "X",
      commands: [Command("go", summary: #"It's a "test" \ of it"#, action: 1)])
    #expect(tree.completions(for: .zsh).contains(#"'It'\''s a "test" \ of it'"#))
    #expect(tree.completions(for: .fish).contains(#"'It\'s a "test" \\ of it'"#))
    #expect(!tree.completions(for: .bash).contains("It's"))
  }

  @Test func `a line has words of a list as arguments and as values of options`() {
    let (path, arguments) = Shop.tree.understanding(of: [
      "fruit", "pick", "apple", "--tag", "x", "pear", "--replacement", "plum", "-g", "fresh",
    ])
    #expect(
      Shop.tree.words(of: "fruits", in: arguments, at: path) == ["apple", "pear", "plum"])
    #expect(Shop.tree.words(of: "prices", in: arguments, at: path) == [])
    #expect(Shop.tree.words(of: "fruits", in: arguments, at: ["fruits"]) == [])
  }

  @Test(arguments: CompletionShell.allCases)
  func `files are offered after 'field=@' where a value can be a file's`(shell: CompletionShell) {
    func script(_ format: ValueFormat<String>) -> String {
      CommandTree<Int>(
        name: "x", version: "1", summary: "X",
        commands: [
          Command(
            "set", summary: "Set",
            arguments: [Argument.list("FIELD", format, summary: "The fields")], action: 1)
        ]
      ).completions(for: shell)
    }
    #expect(script(.assignment("fields")).contains("_assignments 'fields'"))
    #expect(script(.assignment("fields", orFile: false)).contains("_list 'fields'"))
  }

  @Test func `an incomplete line is understood`() {
    let (path, arguments) = Shop.tree.understanding(of: [
      "-o", "json", "fruit", "pick", "--wrong", "--tag", "x", "apple", "--replacement",
    ])
    var expected = Arguments()
    expected[Shop.output] = .json
    expected[Shop.fruits] = ["apple"]
    #expect(path == ["fruits", "pick"])
    #expect(arguments == expected)
  }
}
