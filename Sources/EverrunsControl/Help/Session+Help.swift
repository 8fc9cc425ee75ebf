import CommandLineTree
import EverrunsStore

extension Session {
  /// Shows a page of help.
  func show(help subject: HelpSubject) throws -> ExitCode {
    let style = style
    switch format {
    case .json, .yaml:
      try write(json: HelpDocument(tree: program.tree, subject: subject).value, text: "")
    case .text, .jsonl, .name, .markdown, .tsv:
      // The page fits the terminal already.
      try write(
        program.tree.help(
          on: subject, width: context.output.width ?? 80,
          style: HelpStyle(heading: style.heading, literal: style.literal)))
    }
    return .success
  }
}
