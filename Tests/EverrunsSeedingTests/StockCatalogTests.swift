import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@Suite struct StockCatalogTests {
  @Test func `the stock catalog has the facts of the stock platform`() throws {
    #expect(SeedCatalog.stock.document == (try fixture))
  }

  @Test func `its fingerprint equals the one computed by Python and sha256sum`() {
    #expect(
      SeedCatalog.stock.fingerprint.description
        == "sha256:defa6542ccf1b26c7a425e878ad4369a0b417d3eacb9e8c5224f43c195652f15")
  }

  @Test func `ids are unique among the rows of a kind`() {
    let catalog = SeedCatalog.stock
    let kinds = [
      catalog.users.map(\.id), catalog.llmProviders.map(\.id), catalog.llmModels.map(\.id),
      catalog.mcpServers.map(\.id), catalog.agents.map(\.id),
    ]
    #expect(kinds.map { Set($0).count } == kinds.map(\.count))
  }

  @Test func `the default model is one of its models`() {
    let model = SeedCatalog.stock.llmModels.first { $0.id == SeedCatalog.stock.defaultModel?.id }
    #expect(model?.modelID == SeedCatalog.stock.defaultModel?.modelID)
    #expect(model?.providerID == SeedCatalog.stock.defaultModel?.providerID)
  }

  /// The facts about the stock catalog, as they were given to this project.
  private var fixture: JSONValue {
    get throws {
      let file = try #require(
        Bundle.module.url(
          forResource: "seed-catalog", withExtension: "json", subdirectory: "Fixtures"))
      return try JSONValue(json: try Data(contentsOf: file))
    }
  }
}
