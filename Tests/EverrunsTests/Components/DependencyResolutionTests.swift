import Everruns
import Testing

@Suite(.timeLimit(.minutes(1))) struct DependencyResolutionTests {
  @Test func `dependencies come before what depends on them, depth first`() throws {
    let registry = try registry([
      "top": ["left", "right"], "left": ["bottom"], "right": ["bottom"], "bottom": [],
    ])
    let resolution = try registry.resolve(["top"])
    #expect(resolution.resolved == ["bottom", "left", "right", "top"])
    #expect(resolution.added == ["bottom", "left", "right"])
    #expect(resolution.unknown == [])
  }

  @Test func `requested ids keep their order and are not listed as added`() throws {
    let registry = try registry(["a": [], "b": ["c"], "c": [], "d": []])
    let resolution = try registry.resolve(["d", "b", "c", "a"])
    #expect(resolution.resolved == ["d", "c", "b", "a"])
    #expect(resolution.added == [])
  }

  @Test func `an id requested twice counts once`() throws {
    let resolution = try registry(["a": []]).resolve(["a", "a"])
    #expect(resolution.resolved == ["a"])
  }

  @Test func `nothing resolves to nothing, without a risk`() throws {
    let resolution = try registry(["a": []]).resolve([])
    #expect(resolution.resolved == [])
    #expect(resolution.maximumRisk == nil)
  }

  @Test func `an unregistered id is reported once, whether requested or required`() throws {
    let resolution = try registry(["a": ["gone", "missing"], "b": ["gone"]])
      .resolve(["nowhere", "a", "b", "nowhere"])
    #expect(resolution.resolved == ["a", "b"])
    #expect(resolution.unknown == ["nowhere", "gone", "missing"])
  }

  @Test func `an MCP server is never satisfied by the registry`() throws {
    let reference = "mcp:01933b5a-0000-7000-8000-000000000501"
    let resolution = try registry(["a": []]).resolve(["a", reference])
    #expect(resolution.unknown == [reference])
  }

  @Test func `each feature is listed once, in the order of the capabilities`() throws {
    let registry = try CapabilityRegistry([
      CapabilityDescriptor(id: "a", name: "a", dependencies: ["b"], features: ["x", "y"]),
      CapabilityDescriptor(id: "b", name: "b", features: ["z", "x"]),
      CapabilityDescriptor(id: "c", name: "c", features: ["unasked"]),
    ])
    #expect(try registry.resolve(["a"]).features == ["z", "x", "y"])
  }

  @Test func `the risk is the highest of all resolved capabilities`() throws {
    let registry = try CapabilityRegistry([
      CapabilityDescriptor(id: "a", name: "a", riskLevel: .low, dependencies: ["b"]),
      CapabilityDescriptor(id: "b", name: "b", riskLevel: .medium),
      CapabilityDescriptor(id: "c", name: "c", riskLevel: .high),
    ])
    #expect(try registry.resolve(["a"]).maximumRisk == .medium)
    #expect(try registry.resolve(["a", "c"]).maximumRisk == .high)
  }

  @Test func `a cycle is named from its first member on, without the path to it`() throws {
    let registry = try registry(["in": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]])
    #expect(throws: DependencyResolution.Failure.cycle(["a", "b", "c"])) {
      try registry.resolve(["in"])
    }
  }

  @Test func `a capability that needs itself is a cycle of one`() throws {
    let registry = try registry(["a": ["a"]])
    #expect(throws: DependencyResolution.Failure.cycle(["a"])) { try registry.resolve(["a"]) }
  }

  @Test func `a cycle that is not requested does no harm`() throws {
    let registry = try registry(["a": [], "x": ["y"], "y": ["x"]])
    #expect(try registry.resolve(["a"]).resolved == ["a"])
  }

  @Test func `a hundred capabilities are resolved, one more is refused`() throws {
    let chain = try self.chain(ofLength: 101)
    #expect(try chain.resolve(["c1"]).resolved.count == 100)
    #expect(throws: DependencyResolution.Failure.tooMany) { try chain.resolve(["c0"]) }
    #expect(throws: DependencyResolution.Failure.tooMany) {
      try chain.resolve(chain.identifiers.reversed())
    }
  }

  @Test func `unknown capabilities do not count towards the limit`() throws {
    let unknown = (0..<1000).map { "u\($0)" }
    let resolution = try chain(ofLength: 100).resolve(unknown + ["c0"])
    #expect(resolution.resolved.count == 100)
    #expect(resolution.unknown == unknown)
  }

  @Test func `a chain of 100,000 is refused without an overflow`() throws {
    let chain = try self.chain(ofLength: 100_000)
    #expect(throws: DependencyResolution.Failure.tooMany) { try chain.resolve(["c0"]) }
  }

  @Test func `many paths through few capabilities take no longer than one`() throws {
    // 2^60 ways lead from the top to the bottom.
    let registry = try CapabilityRegistry(
      (0..<60).map { level in
        CapabilityDescriptor(
          id: "c\(level)", name: "c",
          dependencies: level == 59 ? [] : ["c\(level + 1)", "c\(level + 1)"])
      })
    #expect(try registry.resolve(["c0"]).resolved.count == 60)
  }

  private func registry(
    _ dependencies: KeyValuePairs<String, [String]>
  ) throws -> CapabilityRegistry {
    try CapabilityRegistry(
      dependencies.map { CapabilityDescriptor(id: $0.key, name: $0.key, dependencies: $0.value) })
  }

  /// `c0` needs `c1`, which needs `c2`, and so on.
  private func chain(ofLength length: Int) throws -> CapabilityRegistry {
    try CapabilityRegistry(
      (0..<length).map { index in
        CapabilityDescriptor(
          id: "c\(index)", name: "c",
          dependencies: index == length - 1 ? [] : ["c\(index + 1)"])
      })
  }
}
