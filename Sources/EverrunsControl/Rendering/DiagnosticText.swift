import EverrunsDocuments
import Messages

extension Diagnostic {
  /// The position, in the form that compilers use: `file:line:column`.
  func location(in source: String) -> String {
    let place = place.map { ":\($0.line):\($0.column)" } ?? ""
    return source.escapedForMessage + place
  }

  /// The diagnostic as a line: position in the file `source`, severity, sentence, code.
  private func line(in source: String?, style: Style) -> String {
    let severity =
      switch self.severity {
      case .error: style.error("error:")
      case .warning: style.warning("warning:")
      }
    let location = source.map { self.location(in: $0) + ": " } ?? ""
    return "\(location)\(severity) \(message.escapingControls()) [\(code.rawValue)]"
  }

  /// The diagnostic as a line, followed by its hint if there is one.
  func lines(in source: String?, style: Style) -> [String] {
    let hint = hint.map { "  \(style.hint("hint:")) \($0.escapingControls())" }
    return [line(in: source, style: style)] + (hint.map { [$0] } ?? [])
  }

  /// The diagnostic as an object; for files with its position.
  func document(source: String?) -> JSONObject {
    var object = document
    if let source, let place {
      object["file"] = .string(source)
      object["line"] = .integer(place.line)
      object["column"] = .integer(place.column)
    }
    return object
  }
}
