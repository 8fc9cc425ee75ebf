import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformDocumentTests {
  // MARK: Reading and writing

  @Test func `a document with every key survives a round trip byte for byte`() throws {
    #expect(try read(Self.everything).definition.document.canonicalJSON == Self.everything)
  }

  @Test func `a document in YAML is the same definition`() throws {
    let yaml = """
      format: everruns.platform/v1
      built_in_harnesses:
        - name: minimal
          display_name: Minimal
          system_prompt: You are a helpful assistant.
          roles: [base, default]
          capabilities:
            - current_time
            - ref: web_fetch
              config: {limit: 1.50}
      """
    let json = """
      {"format": "everruns.platform/v1", "built_in_harnesses": [{
        "name": "minimal", "display_name": "Minimal",
        "system_prompt": "You are a helpful assistant.", "roles": ["base", "default"],
        "capabilities": ["current_time", {"ref": "web_fetch", "config": {"limit": 1.50}}]}]}
      """
    let fromYAML = try PlatformDocument(reading: try YAMLReader.read(yaml.utf8), grade: .prod)
    #expect(fromYAML.definition.document == (try read(json).definition.document))
  }

  @Test func `omitted keys have their defaults`() throws {
    let text = """
      {"format": "everruns.platform/v1",
       "capabilities": [{"id": "a", "name": "A"}],
       "drivers": [{"provider_type": "d", "display_name": "D"}],
       "connection_providers": [
         {"id": "a", "display_name": "A", "form_schema": {"fields": [{"name": "key"}]}}],
       "built_in_harnesses": [{"name": "h", "display_name": "H", "system_prompt": ""}]}
      """
    #expect(
      try read(text).definition.document == [
        "format": "everruns.platform/v1",
        "capabilities": [
          [
            "id": "a", "name": "A", "description": "", "status": "available", "category": nil,
            "icon": nil, "risk_level": "low", "dependencies": [], "features": [], "tools": [],
            "experimental": false,
          ]
        ],
        "drivers": [
          [
            "provider_type": "d", "display_name": "D", "description": "",
            "requires_api_key": false, "default_base_url": nil,
          ]
        ],
        "connection_providers": [
          [
            "id": "a", "display_name": "A", "description": "", "icon": nil,
            "connection_type": "api_key",
            "form_schema": [
              "fields": [
                [
                  "name": "key", "label": "", "field_type": "text", "required": false,
                  "placeholder": nil, "help_text": nil,
                ]
              ], "instructions_markdown": "",
            ], "experimental": false,
          ]
        ],
        "built_in_harnesses": [
          [
            "name": "h", "display_name": "H", "description": "", "system_prompt": "",
            "parent": nil, "tags": [], "roles": [], "capabilities": [], "seed_id": nil,
          ]
        ],
      ])
  }

  @Test func `the format alone is the empty definition`() throws {
    #expect(try read(#"{"format":"everruns.platform/v1"}"#).definition == .empty)
  }

  @Test func `a bare capability is one without configuration`() throws {
    #expect(
      try read(harness: #""capabilities": ["a", {"ref": "b"}, {"ref": "c", "config": {}}]"#)
        .capabilities == ["a", "b", "c"])
  }

  @Test func `keys in a configuration are sorted and its numbers stay as written`() throws {
    let harness = try read(
      harness: """
        "capabilities": [{"ref": "a", "config": {
          "z": [1.0, 1e400, -0, 12345678901234567890123], "a": {"é": 1, "Z": 2, "z": 3}}}]
        """)
    #expect(
      PlatformDefinition(builtInHarnesses: [harness]).document.canonicalJSON.contains(
        """
        {"ref":"a","config":{"a":{"Z":2,"z":3,"é":1},"z":[1.0,1e400,-0,12345678901234567890123]}}
        """))
  }

  @Test func `texts that differ only in bytes stay different`() throws {
    let composed = try read(harness: "\"tags\": [\"\u{e9}\"]")
    let decomposed = try read(harness: "\"tags\": [\"e\u{301}\"]")
    #expect(
      PlatformDefinition(builtInHarnesses: [composed])
        != PlatformDefinition(builtInHarnesses: [decomposed]))
  }

  // MARK: Fingerprints

  @Test func `the fingerprint of a text with every escape equals Python's`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      BuiltInHarness(
        name: "tricky",
        displayName: "\"quoted\" \\ / \u{8}\u{c}\n\r\t\0\u{1f}\u{7f} \u{2028} "
          + "\u{e9} e\u{301} 😀",
        systemPrompt: "",
        capabilities: [
          CapabilityUse(
            "x", config: ["Z": 1, "a": ["z": 1, "b": [true, false, nil], "ä": 2]])
        ])
    ])
    #expect(
      definition.fingerprint.description
        == "sha256:11de0e921b00042be99811265e67be8872612f8df4c6c8606d8597515cf32b78")
    #expect(definition.fingerprint.short == "11de0e921b00")
  }

  @Test func `every member of a definition is part of its fingerprint`() throws {
    let texts = [
      Self.everything,
      Self.everything.replacing("\"Utilities\"", with: "null"),
      Self.everything.replacing("\"requires_api_key\":true", with: "\"requires_api_key\":false"),
      Self.everything.replacing("\"help_text\":null", with: "\"help_text\":\"\""),
      Self.everything.replacing("1.50", with: "1.5"),
      Self.everything.replacing("[\"default\",\"chat\"]", with: "[\"chat\",\"default\"]"),
    ]
    let fingerprints = try texts.map { try read($0).definition.fingerprint }
    #expect(Set(fingerprints).count == texts.count)
  }

  // MARK: Versions

  @Test func `a newer minor version is read, and its unknown keys are warnings`() throws {
    let document = try read(
      """
      {"format": "everruns.platform/v1.7",
       "extra": 1,
       "capabilities": [{"id": "a", "name": "A", "colour": "red"}]}
      """)
    #expect(document.definition.capabilities.identifiers == ["a"])
    #expect(document.newerFormat?.description == "everruns.platform/v1.7")
    #expect(
      document.warnings.map(\.line) == [
        "1:12 warning newer_format /format: the document has the newer format "
          + "'everruns.platform/v1.7'; this version reads 'everruns.platform/v1'",
        "2:2 warning newer_format /extra: "
          + "the key 'extra' is ignored: format 'everruns.platform/v1.7' is newer than this version",
        "3:44 warning newer_format /capabilities/0/colour: "
          + "the key 'colour' is ignored: format 'everruns.platform/v1.7' is newer than this version",
      ])
  }

  @Test func `a newer minor version excuses nothing but unknown keys`() {
    #expect(
      refusal(#"{"format": "everruns.platform/v1.1", "drivers": 1}"#) == [
        "1:12 warning newer_format /format: the document has the newer format "
          + "'everruns.platform/v1.1'; this version reads 'everruns.platform/v1'",
        "1:49 error invalid_document /drivers: 'drivers' must be an array, not a number",
      ])
  }

  @Test func `the current version is not newer`() throws {
    #expect(try read(#"{"format": "everruns.platform/v1"}"#).newerFormat == nil)
  }

  @Test(arguments: [
    #""everruns.platform/v2""#, #""everruns.platform/v0""#, #""everruns.platform/v""#,
    #""everruns.platform/v1.""#, #""everruns.platform/v1.x""#, #""everruns.platform/v1.0.0""#,
    #""everruns.platform/v01""#, #""everruns.platform/v1.0""#, #""everruns.platform/v1.01""#,
    #""everruns.platform/v+1""#, #""everruns.platform""#, #""everruns.seed-catalog/v1""#,
    #""Everruns.platform/v1""#, #""""#,
  ])
  func `any other version is refused before anything else is checked`(format: String) {
    let written = String(format.dropFirst().dropLast())
    let error = #expect(throws: DocumentRefusal.self) {
      try read("{\"unknown\": 1, \"format\": \(format)}")
    }
    #expect(
      error?.diagnostics == [
        Diagnostic(
          .unsupportedFormat(.string(written), supported: .platform),
          at: DocumentPath([.key("format")]), place: SourcePlace(line: 1, column: 26))
      ])
  }

  @Test func `a document without a format is refused with the line to add`() {
    #expect(
      refusal("\n  {}") == [
        "2:3 error invalid_document : the document has no key 'format', "
          + "which should be 'everruns.platform/v1' (add \"format\": \"everruns.platform/v1\")"
      ])
  }

  @Test(arguments: [
    ("[]", "an array"), ("null", "null"), ("\"x\"", "a string"), ("1", "a number"),
    ("true", "a boolean"),
  ])
  func `a document that is not an object is refused`(text: String, kind: String) {
    #expect(
      refusal(text) == ["1:1 error invalid_document : the document must be an object, not \(kind)"])
  }

  @Test func `a text that is not JSON is one diagnostic with its place`() {
    let error = DocumentSyntaxError(.trailingContent, at: SourcePlace(line: 3, column: 4))
    #expect(
      DocumentRefusal(error).diagnostics.map(\.line)
        == ["3:4 error invalid_document : more text follows the end of the document"])
  }

  // MARK: Helpers

  private func read(_ text: String) throws -> PlatformDocument {
    try PlatformDocument(reading: try JSONReader.read(text.utf8), grade: .prod)
  }

  private func read(harness members: String) throws -> BuiltInHarness {
    let text = """
      {"format": "everruns.platform/v1", "built_in_harnesses": [
        {"name": "h", "display_name": "H", "system_prompt": "Help.", \(members)}]}
      """
    return try #require(try read(text).definition.builtInHarnesses.first)
  }

  private func refusal(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return ["accepted"]
    } catch let error as DocumentRefusal {
      return error.diagnostics.map(\.line)
    } catch {
      return ["\(error)"]
    }
  }

  /// A document that says everything that can be said, in the order of the keys.
  private static let everything =
    #"{"format":"everruns.platform/v1","#
    + #""capabilities":[{"id":"daytona","name":"Daytona","description":"Sandboxes.","#
    + #""status":"deprecated","category":"Utilities","icon":"clock","risk_level":"high","#
    + #""dependencies":["session_storage"],"features":["files"],"tools":["run","stop"],"#
    + #""experimental":true}],"#
    + #""drivers":[{"provider_type":"openai","display_name":"OpenAI","description":"Speaks.","#
    + #""requires_api_key":true,"default_base_url":"https://api.openai.com/v1"}],"#
    + #""connection_providers":[{"id":"daytona","display_name":"Daytona","description":"Keys.","#
    + #""icon":"cloud","connection_type":"api_key","form_schema":{"fields":[{"name":"api_key","#
    + #""label":"API Key","field_type":"password","required":true,"placeholder":"dtn_...","#
    + #""help_text":null}],"instructions_markdown":"Look [here](https://x.y)."},"#
    + #""experimental":true},{"id":"github","display_name":"GitHub","description":"","icon":null,"#
    + #""connection_type":"oauth","form_schema":null,"experimental":false}],"#
    + #""built_in_harnesses":[{"name":"generic","display_name":"Generic","description":"All.","#
    + #""system_prompt":"One.\nTwo.","parent":"base","tags":["generic","built-in"],"#
    + #""roles":["default","chat"],"capabilities":[{"ref":"web_fetch","config":{"limit":1.50}},"#
    + #"{"ref":"daytona","config":{}}],"seed_id":"01933b5a-0000-7000-8000-000000000602"}]}"#
}
