import EverrunsDocuments
import Messages

extension Diagnostic {
  /// Where the finding stands, as compilers write it: `file:line:column`.
  func location(in source: String) -> String {
    let place = place.map { ":\($0.line):\($0.column)" } ?? ""
    return source.escapedForMessage + place
  }

  /// The finding in a line: place, severity, sentence, code.
  ///
  /// - Parameter source: The file it is about; `nil` for what came from no file.
  func line(in source: String?, style: Style) -> String {
    let severity =
      switch self.severity {
      case .error: style.error("error:")
      case .warning: style.warning("warning:")
      }
    let location = source.map { self.location(in: $0) + ": " } ?? ""
    return "\(location)\(severity) \(message.escapingControls()) [\(code.rawValue)]"
  }

  /// The finding in a line, and below it what to do about it, where that is known.
  func lines(in source: String?, style: Style) -> [String] {
    let hint = hint.map { "  \(style.hint("hint:")) \($0.escapingControls())" }
    return [line(in: source, style: style)] + (hint.map { [$0] } ?? [])
  }

  /// The finding as an object; for files with the place in the text.
  func document(source: String?) -> JSONValue {
    var object = document
    if let source, let place {
      object["file"] = .string(source)
      object["line"] = .integer(place.line)
      object["column"] = .integer(place.column)
    }
    return .object(object)
  }
}
