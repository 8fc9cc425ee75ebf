import EverrunsServer
import EverrunsStore
import Testing

@Suite struct ServerConfigurationTests {
  @Test func `the store is the environment's, else the user's`() throws {
    let named = ["EVERRUNS_STORE": "store.db", "HOME": "/home/ann"]
    #expect(try ServerConfiguration { named[$0] }.store == .file(path: "store.db"))
    #expect(
      try ServerConfiguration { $0 == "HOME" ? "/home/ann" : nil }.store
        == .file(path: "/home/ann/.local/share/everruns/store.db"))
  }
}
