import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `version`.
enum VersionCommand {
  static let command = Command<ControlAction>(
    "version", summary: "Show the version",
    discussion: """
      As JSON also the versions of what the program reads and writes: the schema of stores, the \
      format of documents, and the rules of seeding.
      """,
    examples: [
      Example("See what a program can read", "everrunsctl version -o json")
    ], isSelfContained: true, run: run)

  @Sendable static func run(_ session: Session) throws -> ExitCode {
    let program = session.program
    try session.write(
      json: [
        "name": .string(program.name), "version": .string(program.version),
        "schema_version": .integer(StoreInfo.currentSchemaVersion),
        "format": .string(FormatVersion.platform.description),
        "rules": .integer(SeedPlan.rulesVersion),
      ],
      text: program.tree.versionLine + "\n")
    return .success
  }
}
