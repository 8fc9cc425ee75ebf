import CommandLineTree
import EverrunsDocuments
import Messages

extension Session {
  /// Writes the result in the form that was asked for.
  ///
  /// Only that form is made.
  ///
  /// - Parameters:
  ///   - json: The result for programs.
  ///   - names: The ids of a list, for the form `name`.
  ///   - text: The result for people, ending with a newline where it is not empty.
  func write(
    json: @autoclosure () -> JSONValue, names: @autoclosure () -> [String] = [],
    text: @autoclosure () -> String
  ) throws {
    switch format {
    case .json: try write(json().prettyJSON + "\n")
    case .jsonl:
      let value = json()
      let lines = if case .array(let elements) = value { elements } else { [value] }
      try write(lines.map { $0.canonicalJSON + "\n" }.joined())
    case .yaml: try write(YAMLWriter.write(json()))
    case .name: try write(names().map { $0.escapingControls() + "\n" }.joined())
    case .markdown, .tsv: try write(text())
    case .text:
      let text = text()
      try write(context.output.width.map(text.wrapped) ?? text)
    }
  }

  /// Runs a body that writes in many pieces, and hands them on in few.
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

  /// Tells people something that is not the result.
  func note(_ text: String) {
    guard !arguments[GlobalOptions.quiet] else { return }
    // A note that nobody can read must not change how the command ends.
    try? context.errorOutput.write("note: \(text.escapingControls())\n")
  }

  /// The emphasis for the result.
  var style: Style { Style(isColored: isColored(context.output)) }

  /// Whether a stream shows colors: as the option or the environment says, else if it is a terminal
  /// that can.
  func isColored(_ stream: any TextOutput) -> Bool {
    switch arguments[GlobalOptions.color] {
    case .always: true
    case .never: false
    case .auto: stream.isTerminal && context.variable("TERM") != "dumb"
    }
  }
}
