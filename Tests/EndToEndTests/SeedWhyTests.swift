import Testing

/// `seed why`: how a row came to its reason.
@Suite struct SeedWhyTests {
  private let with = "-p ./p.yaml --catalog c.yaml"

  @Test func `why names each rule with its input, and ends with the reason`() throws {
    try withSandbox { sandbox in
      try sandbox.seed()
      try sandbox.sql("delete from mcp_servers")
      try sandbox.run("seed why agent/helper \(with)").expect(
        out: """
          agent/helper  skip
            is for the grade dev only     no  (catalog 'c.yaml')
            the grade                     prod  (default)
            its MCP servers exist         no, not '00000000-0000-7000-8000-000000000003'  (store, serial 13)
            its capability is registered  yes, 'web'  (platform './p.yaml')
            is in the store               yes  (store, serial 13)
            its id                        00000000-0000-7000-8000-000000000004  (store, serial 13)
            -> mcp_server_missing: the MCP server '00000000-0000-7000-8000-000000000003' does not exist
            exists_without_prerequisite: the row still exists in the store

          """)
    }
  }

  @Test func `for every row why ends with the plan's reason`() throws {
    try withSandbox { sandbox in
      try sandbox.seed(3)
      try sandbox.sql(
        """
        update harnesses set is_built_in = 0 where name = 'base' and org_id = 2;
        update agents set description = 'x'; delete from mcp_servers;
        update harnesses set status = 'archived' where name = 'chat' and org_id = 1
        """)
      let plan = try sandbox.run("seed preview --expand -o json \(with)").json()
      for row in plan["rows"].elements {
        let address = try #require(row["address"].text)
        let why = try sandbox.run("seed why \(address) -o json \(with)").json()
        #expect(why["reason"] == row["reason"])
        #expect(why["row"] == row)
        #expect(!why["trace"].elements.isEmpty)
      }
    }
  }

  @Test func `a folded row of an organization can be explained`() throws {
    try withSandbox { sandbox in
      try sandbox.seed(4)
      for address in [Sandbox.organization(3) + "/harness/base", "*/harness/base"] {
        let why = try sandbox.run("seed why \(address) -o json \(with)").json()
        #expect((why.elements.first ?? why)["reason"]["code"] == "matches")
      }
    }
  }

  @Test func `an unknown address is not found, with a suggestion`() throws {
    try withSandbox { sandbox in
      try sandbox.seed()
      try sandbox.run("seed why harness/bsae \(with)").expectError(
        """
        error: no row named 'harness/bsae'
        hint: did you mean 'harness/base'?

        """, exit: 1)
    }
  }
}
