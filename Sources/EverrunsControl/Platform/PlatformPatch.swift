import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform patch`.
enum PlatformPatch {
  private static let file = Argument.document("A patch, RFC 6902")

  static let command = Command<ControlAction>(
    "patch", summary: "Apply a JSON patch to the platform",
    discussion: """
      The operations of RFC 6902 are applied to the document that 'platform export' writes, all or \
      none. The result must be a valid definition. A patch of 'platform diff --format patch' fits \
      only the definition that it was made from; 'platform merge' carries changes to another one.
      """,
    arguments: [file], options: MutationOptions.all,
    examples: [
      Example("See what a patch would change", "everrunsctl platform patch change.json --dry-run")
    ]
  ) { session in
    let path = session.arguments[file]
    let patch = try session.read(path, JSONPatch.init(reading:))
    let grade = try session.grade()
    return try session.edit { definition in
      let document: JSONValue
      do throws(JSONPatchError) {
        document = try patch.applied(to: definition.document)
      } catch {
        throw ControlError.patch(source: path, error)
      }
      do throws(DocumentRefusal) {
        definition = try PlatformDefinition(document: document, grade: grade)
      } catch {
        throw ControlError.patchResult(source: path, error)
      }
    }
  }
}
