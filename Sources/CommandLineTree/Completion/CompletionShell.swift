/// A shell for which completions can be generated.
package enum CompletionShell: String, CommandLineChoice {
  case bash, zsh, fish

  /// The first word of a completion script's request to the program.
  package static let requestWord = "__complete"

  /// The syntax of the shell.
  package var choiceSummary: String {
    switch self {
    case .bash: "bash 4.4 or later, without any package"
    case .zsh: "zsh 5 or later"
    case .fish: "fish 3 or later"
    }
  }

  /// The file name under which the shell looks for the completions of a program.
  package func fileName(for program: String) -> String {
    switch self {
    case .bash: "\(program).bash"
    case .zsh: "_\(program)"
    case .fish: "\(program).fish"
    }
  }
}

extension CommandTree {
  /// The completion script of the program for a shell.
  ///
  /// The script contains commands, options, choices and paths. The words of
  /// ``ValueKind/dynamic(_:orFile:)`` lists come from the program, which the script calls at most
  /// once per completion, as `PROGRAM __complete LIST PREFIX WORDS...`: the list, the typed part of
  /// the word, and the preceding words. The program answers with one word per line, optionally
  /// followed by a tab and a description.
  ///
  /// - Parameter shell: The shell.
  /// - Returns: The text of the script, the same for the same tree.
  package func completions(for shell: CompletionShell) -> String {
    switch shell {
    case .bash: BashCompletion(program: name).script(CompletionTables(tree: self))
    case .zsh: ZshCompletion(program: name).script(CompletionTables(tree: self))
    case .fish: FishCompletion(program: name).script(CompletionTables(tree: self))
    }
  }
}
