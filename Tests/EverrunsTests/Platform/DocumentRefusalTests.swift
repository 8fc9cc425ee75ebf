import Everruns
import EverrunsDocuments
import Testing

/// Documents with errors are refused as a whole, with everything that is wrong and where.
@Suite(.timeLimit(.minutes(1))) struct DocumentRefusalTests {
  @Test func `a name that shows nothing is refused, but stays readable where it is saved`() throws {
    let text = """
      {"format": "everruns.platform/v1",
       "capabilities": [{"id": "a", "name": " "}, {"id": "b", "name": 7}, {"id": "c"}],
       "drivers": [{"provider_type": "d", "display_name": ""}],
       "connection_providers": [
         {"id": "p", "display_name": "\\u200b", "connection_type": "oauth"}],
       "built_in_harnesses": [
         {"name": "h", "display_name": "\\u00a0", "system_prompt": "",
          "roles": ["base", "default", "chat"]}]}
      """
    let hint = "(a name needs at least one visible character)"
    expect(
      text,
      [
        "2:39 error invalid_document /capabilities/0/name: "
          + "'name' of the capability 'a' is blank \(hint)",
        "2:65 error invalid_document /capabilities/1/name: 'name' must be a string, not a number",
        "2:69 error invalid_document /capabilities/2: the capability has no 'name'",
        "3:53 error invalid_document /drivers/0/display_name: "
          + "'display_name' of the driver 'd' is blank \(hint)",
        "5:32 error invalid_document /connection_providers/0/display_name: "
          + "'display_name' of the provider 'p' is blank \(hint)",
        "7:34 error invalid_document /built_in_harnesses/0/display_name: "
          + "'display_name' of the harness 'h' is blank \(hint)",
      ])
    let saved = text.replacing(#", {"id": "b", "name": 7}, {"id": "c"}"#, with: "")
    let document = try PlatformDocument(reading: JSONReader.read(saved.utf8), isStored: true)
    #expect(document.definition.capabilities["a"]?.name == " ")
    #expect(document.definition.validate().count { $0.severity == .error } == 4)
  }

  @Test func `everything wrong with a document is found in one pass`() {
    expect(
      """
      {"format": "everruns.platform/v1",
       "capabilites": [],
       "capabilities": [
         {"id": "Bad", "name": "Bad", "risk_level": "extreme"},
         {"id": "ok", "name": 7, "tols": []},
         {"name": "Nameless", "experimental": "yes"}],
       "drivers": {},
       "connection_providers": [
         {"id": "a", "display_name": "A", "connection_type": "oauth",
          "form_schema": {"fields": [{"label": "Key", "field_type": "passwort"}]}}],
       "built_in_harnesses": [
         {"name": "h", "system_prompt": "Help.", "roles": ["base", "bass"],
          "capabilities": [{"config": []}, 5]}]}
      """,
      [
        "2:2 error invalid_document /capabilites: "
          + "unknown key 'capabilites' in the platform definition (did you mean 'capabilities'?)",
        "4:11 error invalid_id /capabilities/0/id: 'Bad' is not a valid capability id "
          + "(it must match [a-z][a-z0-9_]*, at most 50 characters)",
        "4:47 error invalid_document /capabilities/0/risk_level: "
          + "'risk_level' must be 'low', 'medium' or 'high', not 'extreme'",
        "5:25 error invalid_document /capabilities/1/name: 'name' must be a string, not a number",
        "5:28 error invalid_document /capabilities/1/tols: "
          + "unknown key 'tols' in the capability (did you mean 'tools'?)",
        "6:4 error invalid_document /capabilities/2: the capability has no 'id'",
        "6:41 error invalid_document /capabilities/2/experimental: "
          + "'experimental' must be true or false, not a string",
        "7:13 error invalid_document /drivers: 'drivers' must be an array, not an object",
        "10:20 error invalid_document /connection_providers/0/form_schema: "
          + "the provider 'a' uses oauth and cannot have a form "
          + "(set \"form_schema\" to null, or \"connection_type\" to \"api_key\")",
        "10:32 error invalid_document /connection_providers/0/form_schema/fields/0: "
          + "the form field has no 'name'",
        "10:63 error invalid_document "
          + "/connection_providers/0/form_schema/fields/0/field_type: "
          + "'field_type' must be 'password', 'text' or 'url', not 'passwort' "
          + "(did you mean 'password'?)",
        "11:24 warning no_harness_for_role /built_in_harnesses: no harness has the role "
          + "'default' (give the role to a harness: \"roles\": [\"default\"])",
        "11:24 warning no_harness_for_role /built_in_harnesses: no harness has the role "
          + "'chat' (give the role to a harness: \"roles\": [\"chat\"])",
        "12:4 error invalid_document /built_in_harnesses/0: the harness has no 'display_name'",
        "12:62 error invalid_document /built_in_harnesses/0/roles/1: "
          + "'roles/1' must be 'base', 'default' or 'chat', not 'bass' "
          + "(did you mean 'base'?)",
        "13:22 error invalid_document /built_in_harnesses/0/capabilities/0: "
          + "the capability of a harness has no 'ref'",
        "13:33 error invalid_document /built_in_harnesses/0/capabilities/0/config: "
          + "'config' must be an object, not an array",
        "13:38 error invalid_document /built_in_harnesses/0/capabilities/1: "
          + "'capabilities/1' must be an object, not a number",
      ])
  }

  @Test func `diagnostics come in document order`() {
    let places = diagnostics(
      """
      {"format": "everruns.platform/v1",
       "built_in_harnesses": [
         {"name": "a", "display_name": "A", "system_prompt": 1, "parent": "gone"},
         {"name": "b", "display_name": "B", "system_prompt": 1, "parent": "b"}],
       "capabilities": [{"id": "x", "name": 2, "dependencies": ["x"]}]}
      """
    ).compactMap(\.place).map { [$0.line, $0.column] }
    #expect(places == places.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `a missing id is one diagnostic, however many elements lack it`() {
    expect(
      """
      {"format": "everruns.platform/v1", "capabilities": [
        {"name": "A"},
        {"name": "B"},
        {"id": 5, "name": "C"}]}
      """,
      [
        "2:3 error invalid_document /capabilities/0: the capability has no 'id'",
        "3:3 error invalid_document /capabilities/1: the capability has no 'id'",
        "4:10 error invalid_document /capabilities/2/id: 'id' must be a string, not a number",
      ])
  }

  @Test func `a missing harness name is one diagnostic`() {
    expect(
      """
      {"format": "everruns.platform/v1", "built_in_harnesses": [
        {"display_name": "A", "system_prompt": "", "roles": ["base", "default", "chat"]},
        {"display_name": "B", "system_prompt": ""}]}
      """,
      [
        "2:3 error invalid_document /built_in_harnesses/0: the harness has no 'name'",
        "3:3 error invalid_document /built_in_harnesses/1: the harness has no 'name'",
      ])
  }

  @Test func `a duplicate id in a registry is an error at the second`() {
    expect(
      """
      {"format": "everruns.platform/v1",
       "capabilities": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"},
                        {"id": "a", "name": "Other"}],
       "drivers": [{"provider_type": "d", "display_name": "D"},
                   {"provider_type": "d", "display_name": "D"}]}
      """,
      [
        "3:26 error duplicate_id /capabilities/2/id: the capability 'a' appears twice",
        "5:32 error duplicate_id /drivers/1/provider_type: the driver 'd' appears twice",
      ])
  }

  @Test func `diagnostics have the right place, even after unreadable elements`() {
    expect(
      """
      {"format": "everruns.platform/v1",
       "capabilities": [
         7,
         {"id": "a", "name": "A"},
         {"id": "a", "name": "Again"},
         null,
         {"id": "b", "name": "B", "dependencies": [1, "a", "b", 2, "gone"]}],
       "connection_providers": [[], {"id": "zzz", "display_name": "Z"}],
       "built_in_harnesses": [
         "bare",
         {"name": "h", "display_name": "H", "system_prompt": "", "parent": "gone",
          "roles": ["base", "default", "chat"], "capabilities": [3, "a", "missing"]}]}
      """,
      [
        "3:4 error invalid_document /capabilities/0: "
          + "'capabilities/0' must be an object, not a number",
        "5:11 error duplicate_id /capabilities/2/id: the capability 'a' appears twice",
        "6:4 error invalid_document /capabilities/3: "
          + "'capabilities/3' must be an object, not null",
        "7:45 error dependency_cycle /capabilities/4/dependencies: "
          + "dependency cycle of capabilities: b -> b",
        "7:46 error invalid_document /capabilities/4/dependencies/0: "
          + "'dependencies/0' must be a string, not a number",
        "7:59 error invalid_document /capabilities/4/dependencies/3: "
          + "'dependencies/3' must be a string, not a number",
        "7:62 warning missing_dependency /capabilities/4/dependencies/4: "
          + "the capability 'b' needs 'gone', which is not registered",
        "8:27 error invalid_document /connection_providers/0: "
          + "'connection_providers/0' must be an object, not an array",
        "8:38 warning provider_without_capability /connection_providers/1/id: "
          + "the provider 'zzz' takes an API key that no capability uses "
          + "(register a capability 'zzz', or unregister the provider)",
        "10:4 error invalid_document /built_in_harnesses/0: "
          + "'built_in_harnesses/0' must be an object, not a string",
        "11:70 warning unknown_parent /built_in_harnesses/1/parent: "
          + "the harness 'h' has the parent 'gone', which is not in the definition",
        "12:60 error invalid_document /built_in_harnesses/1/capabilities/0: "
          + "'capabilities/0' must be an object, not a number",
        "12:68 warning unknown_capability /built_in_harnesses/1/capabilities/2/ref: "
          + "the harness 'h' uses the capability 'missing', which is not registered",
      ])
  }

  @Test func `warnings of an accepted document have their places`() throws {
    let text = """
      {"format": "everruns.platform/v1",
       "capabilities": [{"id": "lab", "name": "Lab", "experimental": true}],
       "built_in_harnesses": [
         {"name": "a", "display_name": "A", "system_prompt": "", "roles": ["base", "default"]}]}
      """
    let document = try PlatformDocument(reading: try JSONReader.read(text.utf8), grade: .poc)
    #expect(
      document.warnings.map(\.line) == [
        "2:64 warning experimental_in_grade /capabilities/0/experimental: the capability 'lab' "
          + "is experimental, and the grade is 'poc' "
          + "(experimental components are for grade 'dev')",
        "3:24 warning no_harness_for_role /built_in_harnesses: no harness has the role 'chat' "
          + "(give the role to a harness: \"roles\": [\"chat\"])",
      ])
  }

  @Test func `places in YAML refer to the YAML text`() throws {
    let text = """
      format: everruns.platform/v1
      capabilities:
        - id: Bad
          name: A
      """
    let error = #expect(throws: DocumentRefusal.self) {
      try PlatformDocument(reading: try YAMLReader.read(text.utf8), grade: .prod)
    }
    #expect(
      error?.diagnostics.map(\.line) == [
        "3:9 error invalid_id /capabilities/0/id: 'Bad' is not a valid capability id "
          + "(it must match [a-z][a-z0-9_]*, at most 50 characters)"
      ])
  }

  @Test func `an unknown key without a close match gets the list of keys`() {
    expect(
      #"{"format": "everruns.platform/v1", "zzzzzz": 1}"#,
      [
        "1:36 error invalid_document /zzzzzz: unknown key 'zzzzzz' in the platform definition "
          + "(the keys are format, capabilities, drivers, connection_providers, "
          + "built_in_harnesses)"
      ])
  }

  @Test func `a key with a slash is escaped in its path`() {
    #expect(
      diagnostics(#"{"format": "everruns.platform/v1", "a/b~c": 1}"#).map(\.path.description)
        == ["/a~1b~0c"])
  }

  @Test func `very many invalid ids are listed quickly`() {
    let capabilities = (0..<20_000).map { #"{"id": "BAD\#($0)", "name": "x"}"# }
    let text = """
      {"format": "everruns.platform/v1", "capabilities": [\(capabilities.joined(separator: ","))]}
      """
    #expect(diagnostics(text).count == 20_000)
  }

  // MARK: Helpers

  private func diagnostics(_ text: String) -> [Diagnostic] {
    do {
      _ = try PlatformDocument(reading: try JSONReader.read(text.utf8), grade: .prod)
      return []
    } catch let error as DocumentRefusal {
      return error.diagnostics
    } catch {
      Issue.record(error)
      return []
    }
  }

  /// Expects a refusal with these findings, and no others.
  private func expect(
    _ text: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = diagnostics(text).map(\.line)
    #expect(found == lines, sourceLocation: sourceLocation)
  }
}
