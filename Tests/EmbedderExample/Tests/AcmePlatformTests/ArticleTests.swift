import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@testable import AcmePlatform

/// The article "Embedding Everruns" and its examples.
@Suite struct ArticleTests {
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let article = example.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Everruns/Everruns.docc/Embedding.md")

  @Test func `its code matches the compiled examples`() throws {
    let examples = try ["GuideExamples.swift", "ArticleExamples.swift"].map {
      try String(
        contentsOf: Self.example.appending(path: "Sources/AcmePlatform/\($0)"), encoding: .utf8)
    }
    let blocks = try String(contentsOf: Self.article, encoding: .utf8)
      .components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(blocks.count == 11)
    for block in blocks {
      #expect(examples.contains { $0.contains(block) }, "\(block)")
    }
  }

  @Test func `a worker has the surface of its server without providers and harnesses`() {
    #expect(workerSurface(of: .oss()) == .worker())
  }

  @Test func `the stock platform has no diagnostics`() {
    #expect(findings(in: .oss()) == [])
  }

  @Test func `an embedder's capability is in the document like any other`() throws {
    let platform = try platformWithWeather()
    #expect(platform.capabilities.identifiers.last == "weather")
    #expect(platform.capabilities.descriptors.last == CapabilityDescriptor(Weather()))
    #expect(findings(in: platform) == [])
  }

  @Test func `of several harnesses with a role the first is used`() {
    #expect(
      harnesses(by: customizedPlatform())
        == [.base: "minimal", .default: "minimal", .chat: "platform-chat"])
  }

  @Test func `a definition survives JSON and YAML`() throws {
    let platform = customizedPlatform()
    #expect(try copy(of: platform) == platform)
    #expect(try PlatformDefinition(yaml: platform.yaml) == platform)
  }

  @Test func `the tools of a harness are those of its resolved capabilities`() throws {
    #expect(try tools(of: "minimal", in: customizedPlatform()) == ["get_current_time"])
    #expect(try tools(of: "gone", in: customizedPlatform()) == [])
  }

  @Test func `an embedder's catalog replaces the stock agents`() {
    #expect(catalog().agents.map(\.name) == ["forecaster"])
    #expect(catalog().llmModels == SeedCatalog.stock.llmModels)
  }

  @Test func `a review lists additions, removals and changes`() {
    #expect(
      review(of: customizedPlatform()) == [
        "remove capabilities/daytona", "remove connection_providers/daytona",
        "remove built_in_harnesses/base", "remove built_in_harnesses/generic",
        "add built_in_harnesses/minimal",
      ])
  }

  @Test func `a patch is applied as a whole`() throws {
    let patch = PlatformDefinition.oss().patch(to: customizedPlatform())
    #expect(
      try applying(patch.document.canonicalJSON, to: .oss()) == customizedPlatform())
  }
}
