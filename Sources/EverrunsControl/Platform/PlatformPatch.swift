import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform patch`.
enum PlatformPatch {
  private static let file = Argument.document("A JSON patch (RFC 6902)")

  static let command = Command<ControlAction>(
    "patch", summary: "Apply a JSON patch to the platform",
    discussion: """
      Applies the operations (RFC 6902) to the document that 'platform export' writes: all of them, \
      or none. The result must be a valid definition. A patch from 'platform diff --format patch' \
      applies only to the definition it was created from; to change another one, use 'platform \
      merge'.
      """,
    arguments: [file], options: MutationOptions.all,
    examples: [
      Example("See what a patch would change", "everrunsctl platform patch change.json --dry-run")
    ]
  ) { session in
    let path = session.arguments[file]
    let patch = try session.read(path, JSONPatch.init(reading:))
    return try session.edit { definition in
      let document: JSONValue
      do throws(JSONPatchError) {
        document = try patch.applied(to: definition.document)
      } catch {
        throw ControlError.patch(source: path, error)
      }
      definition = try session.definition(ofEdited: document)
    }
  }
}
