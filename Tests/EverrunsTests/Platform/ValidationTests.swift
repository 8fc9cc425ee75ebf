import Everruns
import EverrunsDocuments
import Testing

@Suite(.timeLimit(.minutes(1))) struct ValidationTests {
  @Test func `an empty definition has no diagnostics, not even for missing roles`() {
    #expect(PlatformDefinition.empty.validate(grade: .prod) == [])
  }

  @Test func `invalid ids are errors`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([capability("ok"), capability("Not-OK")]),
      drivers: try DriverRegistry([DriverDescriptor(providerType: "9", displayName: "Nine")]),
      connectionProviders: try ConnectionProviderRegistry([
        ConnectionProviderDescriptor(id: "Git Hub", displayName: "G", connectionType: .oauth)
      ]),
      builtInHarnesses: [
        harness("a_b"), harness("a-b", roles: HarnessRole.allCases, seedID: "17"),
      ])
    #expect(
      lines(definition) == [
        "error invalid_id /capabilities/1/id: 'Not-OK' is not a valid capability id "
          + "(it must match [a-z][a-z0-9_]*, at most 50 characters)",
        "error invalid_id /drivers/0/provider_type: '9' is not a valid id "
          + "(it must match [a-z][a-z0-9_-]*, at most 64 characters)",
        "error invalid_id /connection_providers/0/id: 'Git Hub' is not a valid id "
          + "(it must match [a-z][a-z0-9_-]*, at most 64 characters)",
        "error invalid_id /built_in_harnesses/0/name: 'a_b' is not a valid name "
          + "(it must match [a-z0-9]+(-[a-z0-9]+)*, at most 64 characters)",
        "error invalid_id /built_in_harnesses/1/seed_id: '17' is not a valid UUID "
          + "(it must match 8-4-4-4-12 lower-case hexadecimal digits, at most 36 characters)",
      ])
  }

  @Test func `a duplicate name or seed id is an error at the second harness`() {
    let id = "01933b5a-0000-7000-8000-000000000601"
    let definition = PlatformDefinition(builtInHarnesses: [
      harness("a", roles: HarnessRole.allCases, seedID: id), harness("b", seedID: id), harness("a"),
    ])
    #expect(
      lines(definition) == [
        "error duplicate_id /built_in_harnesses/1/seed_id: the seed id '\(id)' appears twice",
        "error duplicate_id /built_in_harnesses/2/name: the harness 'a' appears twice",
      ])
  }

  @Test func `a duplicate capability of a harness is an error at the second`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([CapabilityDescriptor(id: "a", name: "A")]),
      builtInHarnesses: [
        BuiltInHarness(
          name: "h", displayName: "H", systemPrompt: "", roles: HarnessRole.allCases,
          capabilities: ["a", "a"])
      ])
    #expect(
      lines(definition) == [
        "error duplicate_id /built_in_harnesses/0/capabilities/1/ref: "
          + "the capability 'a' appears twice"
      ])
  }

  @Test func `every dependency cycle is an error, named from its first member on`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        capability("in", needs: ["c"]), capability("b", needs: ["c"]),
        capability("c", needs: ["b", "d"]), capability("d", needs: ["c"]),
        capability("self", needs: ["self"]),
      ]))
    #expect(
      lines(definition) == [
        "error dependency_cycle /capabilities/1/dependencies: "
          + "dependency cycle of capabilities: b -> c -> b",
        "error dependency_cycle /capabilities/2/dependencies: "
          + "dependency cycle of capabilities: c -> d -> c",
        "error dependency_cycle /capabilities/4/dependencies: "
          + "dependency cycle of capabilities: self -> self",
      ])
  }

  @Test func `every parent cycle is an error`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      harness("in", parent: "b", roles: HarnessRole.allCases), harness("a", parent: "b"),
      harness("b", parent: "a"), harness("self", parent: "self"),
    ])
    #expect(
      lines(definition) == [
        "error parent_cycle /built_in_harnesses/1/parent: "
          + "parent cycle of harnesses: a -> b -> a",
        "error parent_cycle /built_in_harnesses/3/parent: "
          + "parent cycle of harnesses: self -> self",
      ])
  }

  @Test func `a dependency named twice is one cycle`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([capability("a", needs: ["a", "a"])]))
    #expect(definition.validate(grade: .prod).count == 1)
  }

  @Test func `a form of an oauth provider is an error`() throws {
    let definition = PlatformDefinition(
      connectionProviders: try ConnectionProviderRegistry([
        ConnectionProviderDescriptor(
          id: "github", displayName: "GitHub", connectionType: .oauth,
          formSchema: ConnectionFormSchema(fields: []))
      ]))
    #expect(
      lines(definition) == [
        "error invalid_document /connection_providers/0/form_schema: "
          + "the provider 'github' uses oauth and cannot have a form "
          + "(set \"form_schema\" to null, or \"connection_type\" to \"api_key\")"
      ])
  }

  @Test func `a dangling reference in a definition is a warning, with a suggestion`()
    throws
  {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        capability("session_storage"), capability("daytona", needs: ["session_storag", "zzz"]),
      ]),
      builtInHarnesses: [
        harness("generic", roles: HarnessRole.allCases),
        harness("child", parent: "genric", capabilities: ["daytona", "daytonna", "qqq"]),
      ])
    #expect(
      lines(definition) == [
        "warning missing_dependency /capabilities/1/dependencies/0: the capability 'daytona' "
          + "needs 'session_storag', which is not registered (did you mean 'session_storage'?)",
        "warning missing_dependency /capabilities/1/dependencies/1: the capability 'daytona' "
          + "needs 'zzz', which is not registered",
        "warning unknown_parent /built_in_harnesses/1/parent: the harness 'child' "
          + "has the parent 'genric', which is not in the definition (did you mean 'generic'?)",
        "warning unknown_capability /built_in_harnesses/1/capabilities/1/ref: the harness 'child' "
          + "uses the capability 'daytonna', which is not registered (did you mean 'daytona'?)",
        "warning unknown_capability /built_in_harnesses/1/capabilities/2/ref: the harness 'child' "
          + "uses the capability 'qqq', which is not registered",
      ])
  }

  @Test func `an MCP server in a harness is not an unknown capability`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      harness(
        "a", roles: HarnessRole.allCases,
        capabilities: ["mcp:01933b5a-0000-7000-8000-000000000501"])
    ])
    #expect(lines(definition) == [])
  }

  @Test func `a role without a harness is a warning if there are harnesses`() {
    let definition = PlatformDefinition(builtInHarnesses: [harness("a")])
    #expect(
      lines(definition)
        == ["base", "default", "chat"].map { role in
          "warning no_harness_for_role /built_in_harnesses: no harness has the role '\(role)' "
            + "(give the role to a harness: \"roles\": [\"\(role)\"])"
        })
  }

  @Test func `a role of several harnesses is a warning that names the one in use`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      harness("x"), harness("a", roles: HarnessRole.allCases), harness("b", roles: [.chat]),
      harness("c", roles: [.chat]),
    ])
    #expect(
      lines(definition) == [
        "warning role_shared /built_in_harnesses/2/roles: the role 'chat' is shared by 'a', 'b' "
          + "and 'c'; 'a' is used (remove the role from the others)"
      ])
  }

  @Test func `an unavailable or deprecated capability of a harness is a warning`()
    throws
  {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        CapabilityDescriptor(id: "soon", name: "Soon", status: .comingSoon),
        CapabilityDescriptor(id: "old", name: "Old", status: .deprecated),
        CapabilityDescriptor(id: "now", name: "Now"),
      ]),
      builtInHarnesses: [
        harness("a", roles: HarnessRole.allCases, capabilities: ["old", "now", "soon"])
      ])
    #expect(
      lines(definition) == [
        "warning capability_not_available /built_in_harnesses/0/capabilities/0/ref: "
          + "the harness 'a' uses the capability 'old', which is deprecated",
        "warning capability_not_available /built_in_harnesses/0/capabilities/2/ref: "
          + "the harness 'a' uses the capability 'soon', which is not available yet",
      ])
  }

  @Test func `a provider with a key needs the capability of its name, one with OAuth does not`()
    throws
  {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([capability("used")]),
      connectionProviders: try ConnectionProviderRegistry([
        ConnectionProviderDescriptor(id: "used", displayName: "Used"),
        ConnectionProviderDescriptor(id: "unused", displayName: "Unused"),
        ConnectionProviderDescriptor(id: "github", displayName: "G", connectionType: .oauth),
      ]))
    #expect(
      lines(definition) == [
        "warning provider_without_capability /connection_providers/1/id: the provider 'unused' "
          + "takes an API key that no capability uses "
          + "(register a capability 'unused', or unregister the provider)"
      ])
  }

  @Test func `experimental components are a warning in every grade but dev`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        capability("plain"), CapabilityDescriptor(id: "lab", name: "Lab", isExperimental: true),
      ]),
      connectionProviders: try ConnectionProviderRegistry([
        ConnectionProviderDescriptor(id: "lab", displayName: "Lab", isExperimental: true)
      ]))
    for grade in [Grade.poc, .preview, .prod] {
      #expect(
        definition.validate(grade: grade).map(\.line) == [
          "warning experimental_in_grade /capabilities/1/experimental: the capability 'lab' "
            + "is experimental, and the grade is '\(grade)' "
            + "(experimental components are for grade 'dev')",
          "warning experimental_in_grade /connection_providers/0/experimental: "
            + "the provider 'lab' is experimental, and the grade is '\(grade)' "
            + "(experimental components are for grade 'dev')",
        ])
    }
    #expect(definition.validate(grade: .dev) == [])
  }

  @Test func `errors come before warnings`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([capability("a", needs: ["gone"])]),
      builtInHarnesses: [harness("x", parent: "x", roles: HarnessRole.allCases)])
    #expect(definition.validate(grade: .prod).map(\.code) == [.parentCycle, .missingDependency])
  }

  @Test func `five codes are errors and the others warnings`() {
    #expect(
      Diagnostic.Code.all.filter { $0.severity == .error }.map(\.rawValue) == [
        "invalid_document", "invalid_id", "duplicate_id", "dependency_cycle", "parent_cycle",
      ])
  }

  @Test func `texts of the input are shown without control characters`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      harness("a", parent: "\u{1b}[31m\n", roles: HarnessRole.allCases)
    ])
    #expect(
      lines(definition) == [
        "warning unknown_parent /built_in_harnesses/0/parent: "
          + "the harness 'a' has the parent '\\u001b[31m\\n', which is not in the definition"
      ])
  }

  @Test func `chains of 100,000 capabilities and harnesses are validated`()
    throws
  {
    let last = 99_999
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry(
        (0...last).map { capability("c\($0)", needs: $0 == last ? [] : ["c\($0 + 1)"]) }),
      builtInHarnesses: (0...last).map {
        harness(
          "h\($0)", parent: $0 == last ? nil : "h\($0 + 1)",
          roles: $0 == 0 ? HarnessRole.allCases : [])
      })
    #expect(definition.validate(grade: .prod) == [])
  }

  @Test func `a cycle of 100,000 is found`() throws {
    let last = 99_999
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry(
        (0...last).map { capability("c\($0)", needs: ["c\($0 == last ? 0 : $0 + 1)"]) }))
    #expect(definition.validate(grade: .prod).map(\.code) == [.dependencyCycle])
  }

  @Test func `a definition with very many long cycles is refused quickly`() throws {
    // Each of 20,000 leads to the next and back to the first: 200 million names in all circles.
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry(
        (0..<20_000).map { capability("c\($0)", needs: ["c\($0 + 1)", "c0"]) }))
    let cycles = definition.validate(grade: .prod).filter { $0.code == .dependencyCycle }
    #expect((1...1000).contains(cycles.count))
  }

  private func lines(_ definition: PlatformDefinition) -> [String] {
    definition.validate(grade: .prod).map(\.line)
  }

  private func capability(_ id: String, needs dependencies: [String] = []) -> any Capability {
    CapabilityDescriptor(id: id, name: id, dependencies: dependencies)
  }

  private func harness(
    _ name: String, parent: String? = nil, roles: [HarnessRole] = [],
    capabilities: [CapabilityUse] = [], seedID: String? = nil
  ) -> BuiltInHarness {
    BuiltInHarness(
      name: name, displayName: name, systemPrompt: "Help.", parent: parent, roles: roles,
      capabilities: capabilities, seedID: seedID)
  }
}
