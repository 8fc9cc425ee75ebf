import Dispatch
import Everruns
import EverrunsSeeding
import Foundation
import Synchronization
import Testing

@testable import EverrunsStore

/// Edits of one definition by many, and the order of the history.
@Suite(.everyStore) struct RevisingTests {
  @Test func `concurrent edits of many programs all succeed, each on the newest revision`() throws {
    try withTestedStore { store throws in
      _ = try store.openForWriting()
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      let errors = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 16) { index in
        do {
          _ = try store.openForWriting()
            .revise("acme", origin: .keep, change: .test) { newest in
              var definition = newest.definition
              definition.capabilities.replace(CapabilityDescriptor(id: "c\(index)", name: "C"))
              return (definition, "c\(index)")
            }
        } catch {
          errors.withLock { $0.append("\(error)") }
        }
      }
      #expect(errors.withLock { $0 } == [])
      let newest = try #require(try store.open().revision(of: "acme", .latest))
      #expect(newest.number == 17)
      #expect(
        newest.definition.capabilities.map(\.id).sorted() == (0..<16).map { "c\($0)" }.sorted())
    }
  }

  @Test func `a rollback to a revision that somebody deleted is refused`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      _ = try writing.save(
        [(.empty, "made"), (Home.platform, "changed")], as: "acme", after: nil, change: .test)
      try store.administer("delete from platform_revisions where name = 'acme' and revision = 1")
      var rollback = StoreChange.test
      rollback.rolledBackTo = "acme@1"
      #expect(throws: StoreError.notFound(noun: "platform", name: "acme@1")) {
        try writing.save([(.empty, "back to acme@1")], as: "acme", after: 2, change: rollback)
      }
      #expect(try writing.revision(of: "acme", .latest)?.number == 2)
    }
  }

  @Test func `an edit of a deleted definition is refused`() throws {
    try withTestedStore { store throws in
      _ = #expect(throws: StoreError.superseded(name: "acme", seen: 1, latest: 0)) {
        try store.openForWriting()
          .revise("acme", origin: .keep, change: .test) { ($0.definition, "") }
      }
    }
  }

  @Test func `entry times never decrease`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      for time in ["2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"] {
        try writing.use(
          "oss", saved: nil,
          change: StoreChange(
            actor: "ann", command: "c", reason: nil, now: { Date(stored: time) ?? .distantPast }))
      }
      #expect(
        try writing.history(atMost: nil).map(\.createdAt?.stored) == [
          "2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z",
        ])
    }
  }

  @Test func `a definition deleted meanwhile is not chosen`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      #expect(throws: StoreError.notFound(noun: "platform", name: "acme")) {
        try writing.use("acme", saved: ("acme", .latest), change: .test)
      }
      try store.addOrganization(2)
      let organization = try #require(try writing.organizations().first)
      #expect(throws: StoreError.notFound(noun: "harness", name: "gone")) {
        try writing.update(
          organization, name: nil, settings: [.baseHarness: "gone"], change: .test)
      }
      try store.administer("delete from organizations")
      #expect(throws: StoreError.notFound(noun: "organization", name: organization.publicID)) {
        try writing.update(
          organization, name: nil, settings: [.baseHarness: nil], change: .test)
      }
      #expect(throws: StoreError.notFound(noun: "organization", name: organization.publicID)) {
        try store.apply(
          Home.platform, options: SeedOptions(organizations: [organization.publicID]), in: writing)
      }
    }
  }
}
