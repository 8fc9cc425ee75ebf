import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformPatchTests {
  @Test func `a patch turns every preset into every other one, and is empty for equal ones`()
    throws
  {
    let presets = [
      PlatformDefinition.oss(grade: .dev), .oss(grade: .prod), .worker(grade: .prod), .empty,
    ]
    for before in presets {
      for after in presets {
        let patch = before.patch(to: after)
        #expect(try patch.applied(to: before.document) == after.document)
        #expect(patch.operations.isEmpty == (before == after))
        #expect(try JSONPatch(reading: JSONReader.read(patch.document.canonicalJSON.utf8)) == patch)
      }
    }
  }
}
