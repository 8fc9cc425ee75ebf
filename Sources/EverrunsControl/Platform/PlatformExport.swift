import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform export`.
enum PlatformExport {
  private static let destination = Option.optional(
    "to", .file(extensions: DocumentFileName.extensions), valueName: "FILE",
    summary: "Write to this file, atomically; - is standard output")

  static let command = Command<ControlAction>(
    "export", summary: "Write a platform definition as a document",
    discussion: """
      The document is JSON, or YAML with -o yaml or if the file ends in .yaml or .yml. The same \
      definition always gives the same bytes.
      """,
    arguments: [PlatformCommands.reference], options: [destination, OutputOptions.force],
    dependentOptions: [(OutputOptions.force, needs: destination)],
    examples: [
      Example("Export to a file", "everrunsctl platform export --to platform.json"),
      Example("Show the stock platform as YAML", "everrunsctl platform export oss -o yaml"),
    ], exitCodes: [.cannotCreate]
  ) { session in
    let arguments = session.arguments
    let document = try session.platform(
      try session.reference(PlatformCommands.reference)
    ).definition.document
    let path = arguments[destination]
    let isYAML =
      session.format == .yaml
      || (session.format == .text && (path.map(DocumentFileName.isYAML) ?? false))
    let text = isYAML ? YAMLWriter.write(document) : document.prettyJSON + "\n"
    guard let path, path != "-" else {
      try session.write(text)
      return .success
    }
    try session.writeFile(to: path, overwriting: arguments[OutputOptions.force]) {
      try $0(Array(text.utf8))
    }
    session.note("written to '\(path)'")
    return .success
  }
}
