import CommandLineTree
import EverrunsDocuments
import Messages

extension Session {
  /// Writes the result in the requested format.
  ///
  /// Only that format is produced.
  ///
  /// - Parameters:
  ///   - json: The result as JSON.
  ///   - names: The ids of a list, for `-o name`.
  ///   - text: The result as text, ending with a newline unless it is empty.
  ///   - wrapsText: Whether long lines of the text are wrapped.
  /// - Throws: Errors of writing.
  func write(
    json: @autoclosure () -> JSONValue, names: @autoclosure () -> [String] = [],
    text: @autoclosure () -> String, wrapsText: Bool = true
  ) throws {
    switch format {
    case .json: try write(json().prettyJSON + "\n")
    case .jsonl:
      let value = json()
      let lines = if case .array(let elements) = value { elements } else { [value] }
      try write(lines.map { $0.canonicalJSON + "\n" }.joined())
    case .yaml: try write(YAMLWriter.write(json()))
    case .name: try write(names().map { $0.escapingControls() + "\n" }.joined())
    case .text where wrapsText: try writeText(text())
    case .text, .markdown, .tsv: try write(text())
    }
  }

  /// Writes a text, wrapped to the width of a terminal.
  func writeText(_ text: String) throws {
    try write(context.output.width.map(text.wrapped) ?? text)
  }

  /// Runs a body that writes many small pieces, and joins them into larger ones.
  func writeInPieces(
    to stream: any TextOutput, _ body: ((String) throws -> Void) throws -> Void
  ) throws {
    let size = 1 << 16
    var buffer = ""
    try body { text in
      buffer += text
      guard buffer.utf8.count > size else { return }
      try stream.write(buffer)
      buffer = ""
    }
    if !buffer.isEmpty { try stream.write(buffer) }
  }

  /// Writes to standard output.
  func write(_ text: String) throws {
    guard !text.isEmpty else { return }
    try context.output.write(text)
  }

  /// Writes a note for people, once.
  func note(_ text: String) {
    guard !isQuiet, madeNotes.insert(text).inserted else { return }
    add(.note(text))
  }

  /// Writes a warning, also with `--quiet`.
  func warn(_ text: String) { add(.warning(text)) }

  /// Writes a notice.
  ///
  /// Programs that read JSON find an error alone on standard error, so what precedes it becomes part
  /// of it, unless the run succeeds.
  private func add(_ notice: Notice) {
    if format == .json, !context.errorOutput.isTerminal {
      heldNotices.append(notice)
    } else {
      write(notice)
    }
  }

  /// Writes the notices that were held back.
  func writeHeldNotices() {
    heldNotices.forEach(write)
    heldNotices = []
  }

  private func write(_ notice: Notice) {
    progress?.end()
    let line =
      switch notice {
      case .note(let text): "note: \(text.escapingControls())"
      case .warning(let text):
        style(of: context.errorOutput).warning("warning:") + " " + text.escapingControls()
      }
    // A notice that cannot be written must not change the exit code.
    try? context.errorOutput.write(line + "\n")
  }

  /// The style of the result.
  var style: Style { style(of: context.output) }

  /// A command within a line of the result.
  func literal(_ command: String) -> String {
    format == .markdown ? command.markdownCode : style.literal(command)
  }

  /// The style of a stream: long values are cut on a terminal, unless `-v` shows them in full.
  func style(of stream: any TextOutput, isVerbose: Bool? = nil) -> Style {
    let isCut = stream.width != nil && !(isVerbose ?? self.isVerbose)
    return Style(isColored: isColored(stream), limit: isCut ? Style.terminalLimit : nil)
  }

  /// Whether to use color on a stream: as the option or the environment says, else if it is a
  /// terminal that supports it.
  func isColored(_ stream: any TextOutput) -> Bool {
    switch arguments[GlobalOptions.color] {
    case .always: true
    case .never: false
    case .auto: stream.isTerminal && context.variable("TERM") != "dumb"
    }
  }
}
