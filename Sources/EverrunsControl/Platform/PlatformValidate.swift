import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform validate`.
enum PlatformValidate {
  private static let strict = Option.flag("strict", summary: "Treat warnings as errors")

  static let command = Command<ControlAction>(
    "validate", summary: "Check a definition; report every error and warning",
    discussion: """
      Shows all diagnostics at once, for files with line and column. Exits with 65 if there are \
      errors. -q prints nothing about a valid definition.
      """,
    arguments: [PlatformCommands.reference], options: [strict],
    examples: [
      Example("Check a file before using it", "everrunsctl platform validate ./platform.yaml")
    ], formats: .list, columns: .of(columns)
  ) { session in
    let reference = try session.reference(PlatformCommands.reference)
    let (name, source, findings, definition) = try findings(session, reference)
    if session.format == .text, !session.choosesColumns {
      // A sentence about a valid definition ends with a full stop, even after its content.
      let content =
        findings.isEmpty
        ? (session.isVerbose ? definition.map { ": \($0.countsInWords)" } ?? "" : "") + "." : ""
      try session.writeText(
        findings.flatMap { $0.lines(in: source, style: session.style) }.map { $0 + "\n" }.joined()
          + (session.isQuiet ? "" : "\(summary(name, findings))\(content)\n"))
    } else {
      try session.writeList(
        findings.map { Entry(diagnostic: $0, source: source) }, columns: columns, ifEmpty: .nothing)
    }
    let errors = findings.count { $0.severity == .error }
    guard errors == 0, findings.isEmpty || !session.arguments[strict] else {
      throw ControlError.invalid(
        name: name, errors: errors, warnings: findings.count - errors)
    }
    return .success
  }

  /// A diagnostic with the file that it is about.
  private struct Entry: Listed {
    let diagnostic: Diagnostic
    let source: String?

    var listName: String { diagnostic.path.description }
    var document: JSONObject { diagnostic.document(source: source) }
  }

  private static let columns: [Column<Entry>] = [
    Column("severity"), Column("code"), Column("path"), Column("message"),
    Column("hint", visibility: .verbose), Column("file", visibility: .verbose),
    Column("line", visibility: .verbose, isNumber: true),
    Column("column", visibility: .verbose, isNumber: true),
  ]

  /// The diagnostics, even of a document that is refused.
  private static func findings(
    _ session: Session, _ reference: String?
  ) throws -> (
    name: String, source: String?, diagnostics: [Diagnostic], definition: PlatformDefinition?
  ) {
    do {
      let platform = try session.platform(reference)
      return (platform.reference, platform.source, platform.warnings, platform.definition)
    } catch ControlError.document(let source, let refusal) {
      return (source, source, refusal.diagnostics, nil)
    }
  }

  private static func summary(_ name: String, _ findings: [Diagnostic]) -> String {
    let errors = findings.count { $0.severity == .error }
    return findings.isEmpty
      ? "'\(name.escapingControls())' is valid"
      : "\(count(errors, "error")), \(count(findings.count - errors, "warning"))"
  }
}
