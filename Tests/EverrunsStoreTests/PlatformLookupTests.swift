import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsStore

/// Which definition a reference leads to, for any program.
@Suite struct PlatformLookupTests {
  @Test func `without a reference the first preset is used and counts as not chosen`() throws {
    let platform = try lookup().platform(nil)
    #expect(platform.reference == "first")
    #expect(platform.target == .preset("first"))
    #expect(!platform.isChosen)
  }

  @Test func `a definition that is saved as default comes before the presets`() throws {
    try withStore { store throws in
      _ = try SQLiteStore.openForWriting(store.path).save(
        [(.empty, "")], as: "default", after: nil, change: .test)
      let platform = try lookup(store.open()).platform(nil)
      #expect(platform.referenceWithRevision == "default@1")
      #expect(platform.isChosen)
    }
  }

  @Test func `a saved definition is found by its revision`() throws {
    try withStore { store throws in
      _ = try SQLiteStore.openForWriting(store.path).save(
        [(.empty, ""), (.oss(), "")], as: "acme", after: nil, change: .test)
      let lookup = try lookup(store.open())
      #expect(try lookup.platform("acme").revision == 2)
      #expect(try lookup.platform("acme@previous").definition == .empty)
      let error = #expect(throws: Failure.self) { try lookup.platform("acme@7") }
      #expect(error == .reference(.noRevision(platform: "acme", revision: "7", latest: 2)))
    }
  }

  @Test func `a name that nothing has is refused with the names there are`() throws {
    let lookup = try lookup()
    let error = #expect(throws: Failure.self) { try lookup.platform("fist") }
    #expect(
      error
        == .reference(
          .notFound(
            noun: "platform", name: "fist", candidates: ["first", "second"], next: "look")))
  }

  @Test func `a file is read, and its warnings are those of the document`() throws {
    let platform = try lookup().platform("./acme.json")
    #expect(platform.source == "./acme.json")
    #expect(platform.definition == .empty)
  }

  /// The errors of a program that has no other ones.
  private enum Failure: ProgramError, Equatable {
    case store(StoreError)
    case reference(ReferenceError)

    init(_ error: StoreError) { self = .store(error) }
    init(_ error: ReferenceError) { self = .reference(error) }

    var code: ErrorCode { .internal }
    var message: String { "" }
    var hint: String? { nil }
  }

  private func lookup(_ store: SQLiteStore? = nil) throws -> PlatformLookup<Failure> {
    let text = Array(#"{"format": "everruns.platform/v1"}"#.utf8)
    let document = try PlatformDocument(reading: JSONReader.read(text))
    return PlatformLookup(
      presets: [
        PlatformPreset(name: "first", summary: "") { _ in .oss() },
        PlatformPreset(name: "second", summary: "") { _ in .empty },
      ], next: "look", grade: { () throws(Failure) in .prod },
      store: { () throws(Failure) in store },
      read: { _ throws(Failure) in (document, text) })
  }
}
