import Foundation
import Testing

/// The English of messages, help and manual: patterns of translated sentences stay out.
@Suite struct WordingTests {
  /// Phrases of translated sentences, each with what an engineer writes instead.
  private static let phrases: [(phrase: String, instead: String)] = [
    ("is not there", "does not exist, is missing"), ("are not there", "do not exist"),
    ("there twice", "appears twice"), ("in a circle", "cycle"), ("all the same", "still"),
    ("as it should be", "up to date"), ("becomes of", "what happens to"),
    ("become of", "what happens to"), ("stand", "is"), ("stands", "is, precedes, follows"),
    ("passed over", "ignored, skipped"), ("by itself", "itself"), ("somebody", "someone"),
    ("nobody", "no one; better the thing itself"), ("is made", "is created"),
    ("are made", "are created"), ("was made", "was created"), ("were made", "were created"),
    ("comes to", "resolves to"), ("come to", "resolve to"), ("plays it", "is used"),
    ("anew", "again"), ("that which", "a noun"), ("of which", "a noun"), ("also where", "even if"),
    ("told by", "known from"), ("moved since", "changed since"), ("is wrong", "is invalid"),
    ("is no", "is not a"), ("are no", "are not"), ("builds on", "inherits from, depends on"),
    ("build on", "inherit from, depend on"), ("by now", "already"),
    ("in the meantime", "meanwhile"), ("so many", "a number"), ("mend", "fix, repair"),
    ("mends", "fixes, repairs"), ("with commas between", "separated by commas"),
    ("contradict", "is inconsistent with"), ("contradicts", "is inconsistent with"),
    ("can be given", "repeatable"), ("must be given", "required"),
  ]

  /// Usual phrases that contain one of them.
  private static let usual = ["no longer", "there is no", "there are no"]

  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The phrases in a line.
  private func findings(in line: String, of place: String) -> [String] {
    let words = line.lowercased().split { !$0.isLetter && $0 != "'" }.joined(separator: " ")
    let text = Self.usual.reduce(" \(words) ") { $0.replacing(" \($1) ", with: " ") }
    return Self.phrases.filter { text.contains(" \($0.phrase) ") }
      .map { "\(place): '\($0.phrase)' (better: \($0.instead)) in: \(line)" }
  }

  private func files(in folder: String, withExtensions extensions: Set<String>) throws -> [URL] {
    let urls = try #require(
      FileManager.default.enumerator(
        at: Self.repository.appending(path: folder), includingPropertiesForKeys: nil))
    return urls.compactMap { $0 as? URL }.filter { extensions.contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }

  @Test func `the manual has no phrase from the wording list`() throws {
    let pages = try files(in: "man", withExtensions: ["1", "5"])
    #expect(!pages.isEmpty)
    let found = try pages.flatMap { page in
      try String(contentsOf: page, encoding: .utf8).split(separator: "\n").flatMap {
        findings(in: String($0), of: page.lastPathComponent)
      }
    }
    #expect(found == [])
  }

  @Test(arguments: [
    "CommandLineTree", "Everruns/Components", "Everruns/Harnesses", "Everruns/Platform",
    "Everruns/Running", "EverrunsControl", "EverrunsDocuments", "EverrunsDrivers",
    "EverrunsPostgreSQL", "EverrunsProgram", "EverrunsSeeding/Deciding", "EverrunsSeeding/Plan",
    "EverrunsServer", "EverrunsStore", "EverrunsWorker", "Files", "Messages",
  ])
  func `messages have no phrase from the wording list`(folder: String) throws {
    let sources = try files(in: "Sources/\(folder)", withExtensions: ["swift"])
    #expect(!sources.isEmpty)
    let found = try sources.flatMap { source in
      literals(in: try String(contentsOf: source, encoding: .utf8)).flatMap {
        findings(in: $0, of: source.lastPathComponent)
      }
    }
    #expect(found == [])
  }

  /// The lines of a source text with string literals, without comments.
  private func literals(in source: String) -> [String] {
    var isInBlock = false
    return source.split(separator: "\n").flatMap { line -> [String] in
      let code = line.drop { $0 == " " }
      if code.hasPrefix("//") { return [] }
      let wasInBlock = isInBlock
      if code.contains("\"\"\"") { isInBlock.toggle() }
      return wasInBlock || code.contains("\"") ? [String(code)] : []
    }
  }
}
