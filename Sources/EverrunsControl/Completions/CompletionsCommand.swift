import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `completions`.
enum CompletionsCommand {
  private static let shell = Argument.required(
    "SHELL", .choice(CompletionShell.self), summary: "The shell")

  static let command = Command<ControlAction>(
    "completions", summary: "Print the completion script for a shell",
    discussion: """
      The script completes commands, options, values, files, and names from the platform and the \
      store of the command line. Save it where the shell looks for completions; no startup file \
      needs to change:

        bash  ~/.local/share/bash-completion/completions/everrunsctl
        zsh   _everrunsctl in a folder of $fpath
        fish  ~/.config/fish/completions/everrunsctl.fish

      bash looks there only with the package bash-completion; without it, source the script in \
      ~/.bashrc.
      """,
    arguments: [shell],
    examples: [
      Example(
        "Install for bash",
        "mkdir -p ~/.local/share/bash-completion/completions && everrunsctl completions bash "
          + "> ~/.local/share/bash-completion/completions/everrunsctl"),
      Example(
        "Install for fish",
        "mkdir -p ~/.config/fish/completions && everrunsctl completions fish "
          + "> ~/.config/fish/completions/everrunsctl.fish"),
    ], input: .nothing
  ) { session in
    let shell = session.arguments[shell]
    let script = session.program.tree.completions(for: shell)
    try session.write(
      json: ["shell": .string(shell.rawValue), "script": .string(script)], text: script,
      wrapsText: false)
    return .success
  }
}
