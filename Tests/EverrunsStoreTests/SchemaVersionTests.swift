import EverrunsDocuments
import Testing

@testable import EverrunsStore

@Suite struct SchemaVersionTests {
  /// A run compares the triggers of a store with what they were when it was settled, and not with
  /// what they should be.
  @Test func `another text of a trigger takes another version of the schema`() {
    #expect(
      Fingerprint(of: .string(ChangeTriggers.texts)).description
        == "sha256:9e374023c31da7c346e945d6f6bcb75d8baacff30831968d903dd669b52f458b"
        && Schema.version == 4)
  }

  @Test func `another form of a table takes another step of the schema`() {
    let statements = Schema.tables.flatMap { [$0.creation] + $0.indexCreations }
    let digest = Fingerprint(of: .strings(statements)).short
    #expect(digest == "3d997deacca3")
    #expect(Schema.version == 4)
  }
}
