import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform import`.
enum PlatformImport {
  private static let file = Argument.document("A platform definition")
  private static let newName = Option.optional(
    "as", .dynamic("saved-platform"), valueName: "NAME", summary: "The name to save it under",
    absence: "the name of the file without its extension")

  static let command = Command<ControlAction>(
    "import", summary: "Save a platform definition from a file",
    discussion: """
      Creates a definition, or a new revision of the one with that name; identical content creates \
      none. A document with errors is refused as a whole.
      """,
    arguments: [file], options: [newName] + MutationOptions.all,
    examples: [
      Example(
        "See what a file would change",
        "everrunsctl platform import ./platform.yaml --as acme --dry-run")
    ]
  ) { session in
    let path = session.arguments[file]
    let name = try name(path, session)
    let (document, _) = try session.readPlatform(path)
    let prefix = "imported from \(path)"
    let damaged = try session.unreadableRevision(of: name)
    if damaged == nil, try session.storeForReading()?.revision(of: name, .latest) != nil {
      return try session.edit(name, saying: prefix, isRebased: false) { $0 = document.definition }
    }
    return try session.create(
      name, document.definition, before: nil, after: damaged, from: path, saying: prefix,
      warnings: document.warnings, source: path)
  }

  /// The words of a command that saves the definition in a file.
  static func words(for path: String, _ session: Session) -> String {
    guard path != "-" else { return ControlError.importOfAnyFile }
    let isNamed = (try? session.checkNewName(stem(of: path), hint: "")) != nil
    return "platform import \(path.shellQuoted)" + (isNamed ? "" : " --as NAME")
  }

  private static func stem(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return DocumentFileName.stem(of: file) ?? file
  }

  private static func name(_ path: String, _ session: Session) throws -> String {
    if let name = session.arguments[newName] {
      try session.checkNewName(name, hint: IdentifierGrammar.name.hint)
      return name
    }
    guard path != "-" else {
      throw session.usageError("a document from standard input has no name", hint: "add --as NAME")
    }
    let stem = stem(of: path)
    try session.checkNewName(stem, hint: "add --as NAME")
    return stem
  }
}
