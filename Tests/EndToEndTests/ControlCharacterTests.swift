import Foundation
import Testing

/// Text from files, the store and the command line never acts on a terminal.
@Suite struct ControlCharacterTests {
  /// Everything in this definition that may be any text has something that acts on a terminal.
  private static let document = """
    {"format": "everruns.platform/v1",
     "capabilities": [{"id": "a", "name": "A\\u001b[31m", "description": "d\\u009bx\\u202e",
       "features": ["f\\u001b[31m", "c\\u009b"], "tools": ["t\\u001b]0;x\\u0007"],
       "category": "\\u001b[1mC", "icon": "\\u007f", "dependencies": ["zz\\u001b[31m"]}],
     "drivers": [{"provider_type": "d", "display_name": "D\\u001b[31m",
       "default_base_url": "http://\\u001b[31m"}],
     "connection_providers": [{"id": "p", "display_name": "P\\u001b[31m",
       "description": "\\r\\u0008", "connection_type": "oauth", "form_schema": null}],
     "built_in_harnesses": [{"name": "h", "display_name": "H\\u001b[31m", "description": "x\\u0085",
       "system_prompt": "p\\u001b[2J\\nq\\u009b", "parent": "pp\\u001b[31m", "roles": ["base"],
       "tags": ["\\u001b[31m"], "capabilities": [
         {"ref": "cc\\u001b[31m", "config": {"k\\u001b[31m": "v\\u001b[31m"}}]}]}
    """

  /// A definition that is refused, with such text where identifiers should stand.
  private static let refused = """
    {"format": "everruns.platform/v1",
     "capabilities": [
       {"id": "C\\u001b[31m", "name": "a", "dependencies": ["D\\u001b[31m", "zzz"],
        "experimental": true},
       {"id": "D\\u001b[31m", "name": "a", "dependencies": ["C\\u001b[31m"]},
       {"id": "a", "name": "a", "status": "\\u001b[31m"}],
     "connection_providers": [
       {"id": "x\\u001b[31m", "display_name": "x", "connection_type": "oauth",
        "form_schema": {"fields": [], "instructions_markdown": ""}, "experimental": true},
       {"id": "y\\u001b[31m", "display_name": "x", "connection_type": "api_key"}],
     "built_in_harnesses": [
       {"name": "h\\u001b[31m", "display_name": "H", "system_prompt": "p", "parent": "i\\u001b[31m",
        "roles": ["base"], "capabilities": ["ghost", "a"]},
       {"name": "i\\u001b[31m", "display_name": "H", "system_prompt": "p", "parent": "h\\u001b[31m",
        "roles": ["base"], "capabilities": ["ghost", "a"]}],
     "\\u001b[31m": 1}
    """

  private func expectHarmless(
    _ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in [outcome.out, outcome.err] {
      let acting = text.unicodeScalars.filter { scalar in
        switch scalar.value {
        case 0x0A: false
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
      }
      #expect(acting.isEmpty, outcome.report, sourceLocation: sourceLocation)
    }
  }

  @Test(
    arguments: [
      "capabilities list", "capabilities show a", "capabilities resolve a", "drivers list",
      "drivers show d", "providers list", "providers show p", "harnesses list", "harnesses show h",
      "harnesses show h --effective", "harnesses tree", "platform show", "platform validate",
      "platform export", "seed preview", "seed preview -v", "seed preview -o markdown", "status",
      "capabilities unregister a -n", "harnesses remove h -n",
    ])
  func `a definition's texts are escaped in every output format`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.document)
      for form in ["", " -o json", " -o yaml"] where !(line + form).contains("-o markdown -o") {
        let outcome = try sandbox.run(line + form + " -p p.json")
        #expect([0, 1].contains(outcome.exitCode), outcome.report)
        expectHarmless(outcome)
      }
    }
  }

  @Test func `diagnostics of a definition escape its identifiers`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.refused)
      for line in ["platform validate", "platform show", "platform validate -o json"] {
        let outcome = try sandbox.run(line + " p.json")
        #expect(outcome.exitCode == 65, outcome.report)
        expectHarmless(outcome)
      }
    }
  }

  @Test(
    arguments: [
      "platform show", "platform validate", "seed preview -p", "seed preview -o markdown -p",
      "status -p", "capabilities unregister a -n -p", "capabilities unregister a -p",
      "providers unregister x --ignore-missing -p", "platform create copy --from",
      "platform export oss --force --to", "store init -n -s", "orgs list -s", "store info -s",
    ])
  func `file names are escaped`(line: String) throws {
    try withSandbox { sandbox in
      let name = "./a\u{1B}[31m\u{9B}.json"
      try sandbox.write(name, Self.document)
      expectHarmless(try sandbox.run(line, name))
    }
  }

  @Test func `words of the command line are escaped`() throws {
    try withSandbox { sandbox in
      let word = "x\u{1B}[31m\u{9B}\u{202E}"
      for line in [
        "", "capabilities", "capabilities show", "capabilities list --risk", "platform show",
        "platform show -p", "help", "platform create", "harnesses remove", "orgs show",
        "capabilities resolve", "capabilities list -o", "seed preview", "capabilities list --",
        "status --grade", "harnesses add", "harnesses remove generic --reparent",
      ] {
        let outcome = try sandbox.run(line, word)
        #expect(outcome.exitCode != 0, outcome.report)
        expectHarmless(outcome)
      }
      for variable in ["DEPLOYMENT_GRADE", "EVERRUNS_PLATFORM", "EVERRUNS_STORE", "HOME"] {
        expectHarmless(try sandbox.run("status", environment: [variable: word]))
      }
    }
  }

  @Test(
    .enabled(if: Tool.sqlite, "needs sqlite3"))
  func `values of the store are escaped`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect()
      let escape = "\u{1B}[31m\u{9B}"
      try sandbox.sql(
        """
        INSERT INTO organizations (org_id, public_id, name) VALUES
          (1, 'org_00000000000000000000000000000001', 'D\(escape)'),
          (7, 'org_seven\(escape)', 'Same\(escape)'), (8, 'org_eight\(escape)', 'Same\(escape)');
        INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt, tags,
            is_built_in, status) VALUES
          ('i\(escape)', 7, 'n\(escape)', 'x', 'y', 'z', '[]', 1, 'active'),
          ('j\(escape)', 1, 'base', 'x\(escape)', 'y\(escape)', 'z\(escape)\n', '["\(escape)"', 1,
            's\(escape)');
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
          VALUES ('j\(escape)', 'c\(escape)', 0, '{"\(escape)');
        INSERT INTO organization_settings (org_id, default_harness_id)
          VALUES (1, 'nowhere\(escape)'), (7, 'i\(escape)');
        """)
      for line in [
        "seed preview", "seed preview -v", "seed preview -o json", "seed preview -o yaml",
        "seed preview -o markdown", "orgs list", "orgs list -o json", "orgs list -o yaml",
        "orgs list -o name", "orgs show org_seve", "orgs show Sam", "status", "store info",
      ] {
        expectHarmless(try sandbox.run(line))
      }
      for word in ["org_seven\(escape)", "Same\(escape)", "org_seve\(escape)"] {
        expectHarmless(try sandbox.run("orgs show", word))
      }
    }
  }
}
