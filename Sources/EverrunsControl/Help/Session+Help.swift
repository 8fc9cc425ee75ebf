import CommandLineTree
import EverrunsStore

extension Session {
  /// Shows a page of help.
  func show(help subject: HelpSubject) throws -> ExitCode {
    let style = style
    // The page fits the terminal already.
    try write(
      json: HelpDocument(tree: program.tree, subject: subject).value,
      text: program.tree.help(
        on: subject, width: context.output.width ?? 80,
        style: HelpStyle(heading: style.heading, literal: style.literal)),
      wrapsText: false)
    return .success
  }
}
