import EverrunsDocuments
import Testing

@testable import EverrunsStore

@Suite struct SchemaVersionTests {
  /// A run compares the triggers of a store with what they were when it was settled, and not with
  /// what they should be.
  @Test func `changing a trigger needs a new schema version`() {
    #expect(
      Fingerprint(of: .string(ChangeTriggers.texts)).description
        == "sha256:1619d130bf97194902575e2246d8c4e148257853a977a9a9f75de717426fb9ed"
        && Schema.version == 10)
  }

  @Test func `changing a table needs a new migration`() {
    let statements = Schema.tables.flatMap { [$0.creation] + $0.indexCreations }
    let digest = Fingerprint(of: .strings(statements)).short
    #expect(digest == "0f4d639f15e6")
    #expect(Schema.version == 10)
  }
}
