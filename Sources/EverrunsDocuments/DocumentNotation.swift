/// The notation of a document.
package enum DocumentNotation: Sendable {
  /// JSON.
  case json(JSONWriter.Style)
  /// YAML.
  case yaml

  package var writer: any PiecewiseWriter {
    switch self {
    case .json(let style): JSONWriter(style: style)
    case .yaml: YAMLWriter()
    }
  }
}
