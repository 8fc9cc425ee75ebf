import EverrunsDocuments

extension Diagnostic {
  /// Everything about a finding in one line, so that tests compare whole findings:
  /// `2:3 error invalid_id /capabilities/0/id: '1' is not ... (hint)`.
  var line: String {
    let place = place.map { "\($0.line):\($0.column) " } ?? ""
    let hint = hint.map { " (\($0))" } ?? ""
    return "\(place)\(severity) \(code.rawValue) \(path): \(message)\(hint)"
  }
}
