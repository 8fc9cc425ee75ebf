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
      JSON and -v also show the versions of the store schema, the document format and the seeding \
      rules.
      """,
    examples: [
      Example("See what a program can read", "everrunsctl version -o json")
    ], input: .nothing, run: run)

  @Sendable static func run(_ session: Session) throws -> ExitCode {
    let program = session.program
    let object: JSONObject = [
      "name": .string(program.name), "version": .string(program.version),
      "schema_version": .integer(StoreInfo.currentSchemaVersion),
      "format": .string(FormatVersion.platform.description),
      "rules": .integer(SeedPlan.rulesVersion),
    ]
    let details = JSONObject(Array(object.members.dropFirst(2)))
    try session.write(
      json: .object(object),
      text: program.tree.versionLine + "\n"
        + (session.isVerbose ? ObjectText.text(details, style: session.style) : ""))
    return .success
  }
}
