import CommandLineTree
import CommandLineTreeTesting
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsControl

/// The files that are made of the program itself: completions, manual pages, and the fingerprints
/// of what ships with it.
///
/// With `RECORD_GENERATED=1` in the environment they are written again instead of compared.
@Suite struct GeneratedFilesTests {
  @Test func `the completions match the commands`() throws {
    let tree = Control().program.tree
    let files = CompletionShell.allCases.map {
      ($0.fileName(for: tree.name), tree.completions(for: $0))
    }
    #expect(try RecordedFiles.stale(files, of: tree.name, in: "completions") == [])
  }

  @Test func `the manual matches the commands`() throws {
    let pages = Control().manualPages.map { ($0.fileName, $0.text) }
    #expect(try RecordedFiles.stale(pages, of: "everrunsctl", in: "man") == [])
  }

  @Test func `recorded fingerprints match the stock presets`() throws {
    let cases = PlatformPreset.stock.flatMap { preset in
      Grade.allCases.map { grade in
        """
            case ("\(preset.name)", .\(grade)):
              "\(preset.definition(grade: grade).fingerprint)"

        """
      }
    }
    let stale = try RecordedFiles.stale(
      """
      // Recorded by GeneratedFilesTests; RECORD_GENERATED=1 regenerates it.

      extension PlatformPreset {
        /// The fingerprint of a stock preset as a grade has it.
        static func recordedFingerprint(of preset: String, grade: Grade) -> String? {
          switch (preset, grade) {
      \(cases.joined())\
          default: nil
          }
        }
      }

      """, in: "Sources/Everruns/Presets/PlatformPreset+RecordedFingerprints.swift")
    #expect(stale == [])
  }

  @Test func `the recorded fingerprint matches the stock catalog`() throws {
    let stale = try RecordedFiles.stale(
      """
      // Recorded by GeneratedFilesTests; RECORD_GENERATED=1 regenerates it.

      extension SeedCatalog {
        /// The fingerprint of the stock catalog.
        package static let recordedStockFingerprint =
          "\(SeedCatalog.stock.fingerprint)"
      }

      """, in: "Sources/EverrunsSeeding/Catalog/SeedCatalog+RecordedFingerprint.swift")
    #expect(stale == [])
  }

  @Test func `the manual describes every key of a document`() {
    for outline in PlatformDefinition.documentOutline + SeedCatalog.documentOutline {
      for key in outline.keys {
        #expect(!key.summary.isEmpty, "'\(key.name)' of a \(outline.noun)")
      }
    }
  }

  /// Options are told apart by their whole forms: `--to` is not in `--token`.
  private static func options(in text: String) -> Set<String> {
    // A form begins a line or follows a blank.
    Set(
      text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
        .filter { $0.hasPrefix("-") })
  }

  @Test func `help, manual and completions know the same options`() throws {
    let tree = Control().program.tree
    let pages = Dictionary(
      uniqueKeysWithValues: Control().manualPages.map { ($0.fileName, $0.text) })
    for place in tree.allCommands where place.command.action != nil {
      let own = place.command.options + tree.globalOptions
      let expected = Set(
        own.map(\.specification).flatMap { option in
          ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
        })
      let path = place.path.joined(separator: " ")

      let help = tree.help(for: place.path)
      // An example may be continued with an option.
      let lines = help.split(separator: "\n").drop { $0 != "Usage:" }
      let listed = lines.filter {
        $0.hasPrefix("  -") || $0.hasPrefix("      --")
      }
      let terms = listed.map { $0.split(separator: "  ", omittingEmptySubsequences: true)[0] }
      let described = Set(
        place.command.options.map(\.specification).flatMap { option in
          ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
        })
      #expect(Self.options(in: terms.joined(separator: "\n")) == described, "help of \(path)")
      let line = help.split(separator: "\n").first { $0.hasPrefix("Global options: ") } ?? ""
      #expect(
        Self.options(in: String(line))
          == Set(
            tree.globalOptions.map(\.specification).map {
              $0.short.map { "-\($0)" } ?? "--\($0.name)"
            }),
        "help of \(path)")

      let page = pages["\(tree.name)-\(place.path[0]).1"] ?? pages["\(tree.name).1"] ?? ""
      let sections = page.components(separatedBy: "\n.S")
      let section = sections.first { $0.hasPrefix("s \(tree.name) \(path)\n") } ?? ""
      let program = pages["\(tree.name).1"] ?? ""
      let shared =
        program.components(separatedBy: "\n.S")
        .first { $0.hasPrefix("s Global options") } ?? ""
      #expect(Self.manualOptions(in: section + "\n" + shared) == expected, "manual of \(path)")

      for shell in CompletionShell.allCases {
        let script = tree.completions(for: shell)
        let quoted = expected.filter { !script.contains("'\($0)'") }
        #expect(quoted == [], "\(shell) completions of \(path)")
      }
    }
  }

  private static func manualOptions(in text: String) -> Set<String> {
    let items = text.split(separator: "\n").filter { $0.hasPrefix(".It Fl") }
    return Set(
      items.flatMap { item in
        item.dropFirst(".It ".count).split(separator: " , ").map { form in
          let words = form.split(separator: " ")
          let hyphens = words.count { $0 == "Fl" }
          return String(repeating: "-", count: hyphens)
            + words[hyphens].replacing(#"\-"#, with: "-").replacing(#"\&"#, with: "")
        }
      })
  }

  @Test func `every list that a command names exists`() {
    let tree = Control().program.tree
    let kinds = tree.allCommands.flatMap { place in
      place.command.options.compactMap { $0.specification.value?.kind }
        + place.command.arguments.map(\.specification.value.kind)
    }
    let known = Set(CompletionList.all.map(\.name))
    let all = kinds + tree.globalOptions.compactMap { $0.specification.value?.kind }
    for list in all.compactMap(\.list) {
      #expect(known.contains(list), "there is no list '\(list)' in CompletionList")
    }
  }
}
