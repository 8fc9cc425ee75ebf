import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform schema`.
enum PlatformSchema {
  static let command = Command<ControlAction>(
    "schema", summary: "Write the JSON Schema of platform documents",
    discussion: """
      The schema follows draft 2020-12. Editors and other programs can validate platform documents \
      with it.
      """,
    examples: [
      Example("Save the schema to a file", "everrunsctl platform schema > platform.schema.json")
    ], input: .nothing
  ) { session in
    let schema = PlatformDefinition.documentSchema
    try session.write(json: schema, text: schema.prettyJSON + "\n")
    return .success
  }
}
