import Foundation
import Testing

/// The pages of the manual, as the programs that show them see them.
@Suite struct ManualTests {
  private static let pages: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "man").path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }
  }()

  @Test(.enabled(if: Tool.mandoc)) func `mandoc finds nothing to warn of`() throws {
    try withSandbox { sandbox in
      #expect(Self.pages.count > 8)
      try sandbox.run(["/usr/bin/mandoc", "-T", "lint", "-W", "warning"] + Self.pages)
        .expect(out: "")
    }
  }

  @Test(.enabled(if: Tool.man)) func `man shows every page`() throws {
    try withSandbox { sandbox in
      for page in Self.pages {
        let outcome = try sandbox.run(
          ["/usr/bin/man", "-l", page],
          environment: ["MANPAGER": "cat", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"])
        outcome.expect()
        #expect(outcome.out.contains("NAME") && outcome.out.contains("SEE ALSO"), outcome.report)
      }
    }
  }
}
