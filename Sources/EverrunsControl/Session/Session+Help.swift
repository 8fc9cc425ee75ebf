import CommandLineTree
import EverrunsStore

extension Session {
  /// Shows a page of help.
  func show(help subject: HelpSubject) throws -> ExitCode {
    let style = style
    try write(
      program.tree.help(
        on: subject, width: context.output.width ?? 80,
        style: HelpStyle(heading: style.heading, literal: style.literal)))
    return .success
  }
}
