import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsStore

/// Which definition a reference leads to, for any program.
@Suite(.everyStore) struct PlatformLookupTests {
  @Test func `without a reference the first preset is used and counts as not chosen`() throws {
    let platform = try lookup().findPlatform(nil)
    #expect(platform.reference == "first")
    #expect(platform.target == .preset("first"))
    #expect(!platform.isChosen)
  }

  @Test func `a definition that is saved as default comes before the presets`() throws {
    try withTestedStore { store throws in
      _ = try store.openForWriting().save(
        [(.empty, "")], as: "default", after: nil, change: .test)
      let platform = try lookup(store.open()).findPlatform(nil)
      #expect(platform.referenceWithRevision == "default@1")
      #expect(platform.isChosen)
    }
  }

  @Test func `a saved definition is found by its revision`() throws {
    try withTestedStore { store throws in
      _ = try store.openForWriting().save(
        [(.empty, ""), (.oss(), "")], as: "acme", after: nil, change: .test)
      let lookup = lookup(try store.open())
      #expect(try lookup.findPlatform("acme").revision == 2)
      #expect(try lookup.findPlatform("acme@previous").definition == .empty)
      let error = #expect(throws: Failure.self) { try lookup.findPlatform("acme@7") }
      #expect(error == .reference(.noRevision(platform: "acme", revision: "7", latest: 2)))
    }
  }

  @Test func `an unknown name is refused with the known ones`() throws {
    let lookup = lookup()
    let error = #expect(throws: Failure.self) { try lookup.findPlatform("fist") }
    #expect(
      error
        == .reference(
          .notFound(
            noun: "platform", name: "fist", candidates: ["first", "second"], next: "look")))
  }

  @Test func `a file is read, and its warnings are those of the document`() throws {
    let platform = try lookup().findPlatform("./acme.json")
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

  private struct Lookup: PlatformLookup {
    let store: (any Store)?

    let presets = [
      PlatformPreset(name: "first", summary: "") { _ in .oss() },
      PlatformPreset(name: "second", summary: "") { _ in .empty },
    ]
    let hintForUnknownPlatform = "look"

    func grade() throws(Failure) -> Grade { .prod }

    func storeForReading() throws(Failure) -> (any Store)? { store }

    func readPlatform(
      _ path: String
    ) throws(Failure) -> (document: PlatformDocument, bytes: [UInt8]) {
      let text = Array(#"{"format": "everruns.platform/v1"}"#.utf8)
      do {
        return (try PlatformDocument(reading: JSONReader.read(text)), text)
      } catch {
        throw .reference(.notFound(noun: "file", name: path, candidates: [], next: nil))
      }
    }
  }

  private func lookup(_ store: (any Store)? = nil) -> Lookup { Lookup(store: store) }
}
