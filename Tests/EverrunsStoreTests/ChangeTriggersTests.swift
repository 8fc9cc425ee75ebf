import Everruns
import Testing

@testable import EverrunsStore

@Suite struct ChangeTriggersTests {
  @Test func `the triggers have the fingerprint that is written down`() {
    let texts = ChangeTriggers.all
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.sql)
    #expect(ChangeTriggers.fingerprint == Fingerprint(of: .string(texts.joined(separator: ";"))))
  }
}
