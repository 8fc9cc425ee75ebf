import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform schema`.
enum PlatformSchema {
  static let command = Command<ControlAction>(
    "schema", summary: "Write the JSON Schema of platform documents",
    discussion: """
      The schema is of the draft 2020-12. Editors and other programs can check with it whether a \
      file has the shape of a platform document.
      """,
    examples: [
      Example("Keep the schema in a file", "everrunsctl platform schema > platform.schema.json")
    ], isSelfContained: true
  ) { session in
    let schema = PlatformDefinition.documentSchema
    try session.write(json: schema, text: schema.prettyJSON + "\n")
    return .success
  }
}
