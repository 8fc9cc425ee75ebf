import Foundation
import Testing

/// The administrator's program stays small: it links nothing that server and worker need.
@Suite struct PackageGraphTests {
  @Test func `everrunsctl links neither server nor worker nor a library for networks`() throws {
    let graph = try PackageGraph()
    let linked = graph.everything(neededBy: "everrunsctl")
    #expect(linked.contains("EverrunsStore"))
    #expect(
      linked.isDisjoint(with: [
        "EverrunsDrivers", "EverrunsProgram", "EverrunsServer", "EverrunsWorker",
        "package async-http-client", "package hummingbird", "package swift-http-types",
        "package swift-log", "package swift-nio", "package swift-service-lifecycle",
      ]))
    #expect(graph.everything(neededBy: "EverrunsProgram").contains("package hummingbird"))
  }

  @Test func `server and worker do not need each other`() throws {
    let graph = try PackageGraph()
    #expect(!graph.everything(neededBy: "EverrunsWorker").contains("EverrunsServer"))
    #expect(!graph.everything(neededBy: "EverrunsServer").contains("EverrunsWorker"))
  }
}

/// What the targets of the manifest need.
private struct PackageGraph {
  private var needs: [String: Set<String>] = [:]

  init() throws {
    let manifest = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Package.swift")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    let target = #/\.(?:executableT|t)arget\(\s*name: "(\w+)",\s*dependencies: \[(.*?)\],\s/#
      .dotMatchesNewlines()
    for match in text.matches(of: target) {
      let list = match.2
      let packages = list.matches(of: #/package: "([^"]+)"/#).map { "package \($0.1)" }
      let targets = list.replacing(#/\.product\([^)]*\)/#, with: "")
        .matches(of: #/"(\w+)"/#).map { String($0.1) }
      needs[String(match.1)] = Set(packages + targets)
    }
  }

  /// Targets and packages that a target needs, itself included.
  func everything(neededBy target: String) -> Set<String> {
    var found: Set = [target]
    var rest = [target]
    while let next = rest.popLast() {
      rest += (needs[next] ?? []).filter { found.insert($0).inserted }
    }
    return found
  }
}
