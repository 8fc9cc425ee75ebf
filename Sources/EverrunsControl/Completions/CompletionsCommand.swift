import CommandLineTree
import Everruns
import EverrunsStore

/// `completions`.
enum CompletionsCommand {
  private static let shell = Argument.required(
    "SHELL", .choice(CompletionShell.self), summary: "The shell that is to complete")

  static let command = Command<ControlAction>(
    "completions", summary: "Write the completions for a shell",
    discussion: """
      The script completes commands, options, their values, files, and the names that the platform \
      and the store of the line hold. Put it where the shell looks for it; nothing has to be added \
      to a start-up file:

        bash  ~/.local/share/bash-completion/completions/everrunsctl
        zsh   _everrunsctl in a folder of $fpath
        fish  ~/.config/fish/completions/everrunsctl.fish

      bash looks there only with the package bash-completion; without it, let ~/.bashrc read the \
      script.
      """,
    arguments: [shell],
    examples: [
      Example(
        "Complete in every bash",
        "mkdir -p ~/.local/share/bash-completion/completions && everrunsctl completions bash "
          + "> ~/.local/share/bash-completion/completions/everrunsctl"),
      Example(
        "Complete in every fish",
        "mkdir -p ~/.config/fish/completions && everrunsctl completions fish "
          + "> ~/.config/fish/completions/everrunsctl.fish"),
    ], isSelfContained: true, formats: [.text]
  ) { session in
    try session.write(session.program.tree.completions(for: session.arguments[shell]))
    return .success
  }
}
