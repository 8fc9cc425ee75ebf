import Testing

/// Seeding with a catalog of one's own.
@Suite struct SeedCatalogTests {
  @Test(.enabled(if: Tool.pythonYAML))
  func `a catalog as YAML and as JSON gives the same plan`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      try sandbox.run([
        "/usr/bin/python3", "-c",
        "import json, yaml; json.dump(yaml.safe_load(open('c.yaml')), open('c.json', 'w'))",
      ]).expect()
      let plans = try ["c.yaml", "c.json"].map { name in
        try sandbox.run("seed preview -o json -p ./p.yaml --catalog \(name)").json()
      }
      #expect(plans[0]["rows"] == plans[1]["rows"])
      #expect(plans[0]["catalog"]["fingerprint"] == plans[1]["catalog"]["fingerprint"])
      #expect(plans[0]["token"] == plans[1]["token"], "how a catalog was named decides nothing")
    }
  }

  @Test func `the printed stock catalog can be used as a catalog`() throws {
    try withSandbox { sandbox in
      try sandbox.write("c.json", sandbox.run("seed catalog -o json").output)
      let plans = try ["", "--catalog c.json"].map { option in
        try sandbox.run("seed preview -o json \(option)").json()
      }
      #expect(plans[0]["rows"] == plans[1]["rows"])
    }
  }

  @Test(
    arguments: [
      (
        "provider_id: 00000000-0000-7000-8000-000000000001, model_id: gpt, display",
        "provider_id: x, model_id: gpt, display",
        "LLM provider"
      ),
      (
        "- {id: 00000000-0000-7000-8000-000000000003, name: learn",
        "- {id: 00000000-0000-7000-8000-000000000003, name: other, url: 'https://x.org'}\n  - {id: 00000000-0000-7000-8000-000000000003, name: learn",
        "MCP server id"
      ),
      ("provider_type: openai}", "provider_type: openai, api_key: secret}", "api_key"),
      ("org_id: 1", "org_id: 2", "'org_id' must be 1, not 2"),
      ("display_name: Helper", "display_nam: Helper", "display_name"),
      ("seed-catalog/v1", "seed-catalog/v2", "v2"),
      ("name: Home}", "name: Home", ""),
    ])
  func `an invalid catalog is refused, with its place`(
    old: String, new: String, message: String
  ) throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog(replacing: old, with: new)
      let outcome = try sandbox.run("seed preview -p ./p.yaml --catalog c.yaml")
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(outcome.err.hasPrefix("error: c.yaml:"), outcome.report)
      if !message.isEmpty { #expect(outcome.err.contains(message), outcome.report) }
      #expect(!outcome.err.contains("secret"), outcome.report)
    }
  }

  @Test func `a null API key counts as none`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog(
        replacing: "provider_type: openai}", with: "provider_type: openai, api_key: null}")
      try sandbox.run("seed preview -q -p ./p.yaml --catalog c.yaml").expect(out: nil)
    }
  }

  @Test func `an agent with an unknown capability is skipped, and the reason names it`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog(replacing: "000003\", web]", with: "000003\", wbe, web, old]")
      let why = try sandbox.run(
        "seed why agent/helper -p ./p.yaml --catalog c.yaml -o json"
      ).json()
      #expect(why["action"] == "skip")
      #expect(
        why["reason"] == [
          "code": "capability_not_registered",
          "message": "the capabilities 'wbe' and 'old' are not registered",
        ])
    }
  }

  @Test func `the default organization of a catalog can be named before it exists`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      let id = Sandbox.organization(77)
      try sandbox.writeCatalog(replacing: Sandbox.organization(1), with: id)
      let plan = try sandbox.run(
        "seed preview -o json -p ./p.yaml --catalog c.yaml --org \(id)"
      ).json()
      #expect(plan["rows"].elements.count == 10)
      #expect(plan["rows"].elements.allSatisfy { $0["org"] == .string(id) })
    }
  }

  @Test func `a missing catalog is a missing input`() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed preview --catalog no.yaml").expectError(
        "error: no.yaml: no such file\n", exit: 66)
    }
  }
}
