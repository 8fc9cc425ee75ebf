import Everruns
import EverrunsDocuments
import Foundation
import Testing

/// The article for embedders, whose examples stand in `EmbeddingExamples.swift` and
/// `EmbeddingArticleExamples.swift`.
@Suite struct EmbeddingArticleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  private static let article = folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Everruns/Everruns.docc/Embedding.md")

  @Test func `its code is that of the compiled examples`() throws {
    let examples = try ["EmbeddingExamples.swift", "EmbeddingArticleExamples.swift"].map {
      try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8)
    }
    let blocks = try String(contentsOf: Self.article, encoding: .utf8)
      .components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(blocks.count == 8)
    for block in blocks {
      #expect(examples.contains { $0.contains(block) }, "\(block)")
    }
  }

  @Test func `a worker has the surface of its server without providers and harnesses`() {
    #expect(workerSurface(of: .oss()) == .worker())
  }

  @Test func `findings are sentences with codes`() {
    #expect(findings(in: .oss(), grade: .prod) == [])
    #expect(
      findings(in: customizedPlatform(), grade: .prod) == [
        "warning unknown_parent: the harness 'platform-chat' builds on 'generic', which is not there"
      ])
  }

  @Test func `roles are played by the first that has them`() {
    #expect(
      harnesses(by: customizedPlatform())
        == [.base: "minimal", .default: "minimal", .chat: "platform-chat"])
  }

  @Test func `a template whose parent is gone is provisioned without one`() {
    #expect(
      provisionedHarnesses(of: customizedPlatform())
        == ["platform-chat on nothing", "minimal on nothing"])
  }

  @Test func `a review names what was added, removed and changed`() {
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
