/// A shell for which completions can be made.
package enum CompletionShell: String, CommandLineChoice {
  case bash, zsh, fish

  /// The word in front of what the completions of every shell ask the program.
  package static let requestWord = "__complete"

  /// What the shell needs.
  package var choiceSummary: String {
    switch self {
    case .bash: "bash 4.4 or later, without any package"
    case .zsh: "zsh 5 or later"
    case .fish: "fish 3 or later"
    }
  }

  /// The name under which the shell looks for the completions of a program.
  package func fileName(for program: String) -> String {
    switch self {
    case .bash: "\(program).bash"
    case .zsh: "_\(program)"
    case .fish: "\(program).fish"
    }
  }
}

extension CommandTree {
  /// The completions of the program for a shell, as a file that the shell loads.
  ///
  /// Commands, options, choices and paths are in the file. The words of ``ValueKind/dynamic(_:orFile:)``
  /// lists come from the program, which the file calls at most once for each completion, as
  /// `PROGRAM __complete LIST PREFIX WORDS...`: the list, what is typed of the word so far, and the
  /// words in front of it. The program answers with a word a line, each with a tab and a
  /// description behind it if it has one.
  ///
  /// - Parameter shell: The shell.
  /// - Returns: The text of the file, the same for the same tree.
  package func completions(for shell: CompletionShell) -> String {
    switch shell {
    case .bash: BashCompletion(program: name).script(CompletionTables(tree: self))
    case .zsh: ZshCompletion(program: name).script(CompletionTables(tree: self))
    case .fish: FishCompletion(program: name).script(CompletionTables(tree: self))
    }
  }
}
