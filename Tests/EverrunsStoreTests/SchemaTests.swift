import EverrunsSeeding
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

/// Other programs write to a store with plain SQL, by the names of the contract.
@Suite struct SchemaTests {
  /// One INSERT a table that names only the columns of the contract, in the order of references.
  static let inserts = [
    "INSERT INTO organizations (org_id, public_id, name) VALUES (1, 'org_1', 'Home')",
    """
    INSERT INTO users (id, email, name, roles, email_verified, auth_provider)
    VALUES ('u', 'a@b', 'Ann', '["admin"]', 1, 'none')
    """,
    "INSERT INTO organization_members (org_id, user_id, role) VALUES (1, 'u', 'owner')",
    """
    INSERT INTO llm_providers (id, org_id, name, provider_type, base_url)
    VALUES ('p', 1, 'OpenAI', 'openai', NULL)
    """,
    """
    INSERT INTO llm_models (id, org_id, provider_id, model_id, display_name, installed,
      is_favorite, source) VALUES ('m', 1, 'p', 'gpt', 'GPT', 1, 0, 'predefined')
    """,
    """
    INSERT INTO mcp_servers (id, org_id, name, description, url, transport_type)
    VALUES ('s', 1, 'learn', 'Docs.', 'https://x', 'http')
    """,
    """
    INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
      parent_harness_id, tags, is_built_in, status)
    VALUES ('h', 1, 'base', 'Base', '', '', NULL, '[]', 1, 'active')
    """,
    """
    INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
    VALUES ('h', 'web', 0, '{}')
    """,
    """
    INSERT INTO agents (id, org_id, name, display_name, description, system_prompt, tags, status)
    VALUES ('a', 1, 'helper', 'Helper', '', '', '[]', 'active')
    """,
    """
    INSERT INTO agent_capabilities (agent_id, capability_id, position, config)
    VALUES ('a', 'web', 0, '{}')
    """,
    """
    INSERT INTO organization_settings (org_id, default_model_id, default_harness_id,
      base_harness_id) VALUES (1, 'm', 'h', 'h')
    """,
  ]

  @Test func `an INSERT of only the contract's columns works for every table`()
    throws
  {
    try withStore { store throws in
      for insert in Self.inserts {
        let result = try shell(store.path, "PRAGMA foreign_keys = ON; " + insert)
        #expect(result == ("", "", 0), "\(insert)")
      }
      let organization = try #require(try store.open().organizations().first)
      #expect(organization.name == "Home")
      #expect(
        organization.settings.map { "\($0.rawValue): \($1.id) \($1.name ?? "-")" }.sorted()
          == ["base-harness: h base", "default-harness: h base", "default-model: m gpt"])
      let counts = try store.open().info().counts
      #expect(counts == Dictionary(uniqueKeysWithValues: RecordKind.allCases.map { ($0, 1) }))
    }
  }

  @Test func `every INSERT, UPDATE and DELETE raises the serial, whoever runs it`() throws {
    try withStore { store throws in
      for insert in Self.inserts {
        let serial = try store.serial()
        #expect(try shell(store.path, insert).status == 0)
        #expect(try store.serial() == serial + 1, "\(insert)")
      }
      let tables = Self.inserts.map { String($0.split(separator: " ")[2]) }
      for table in tables {
        let serial = try store.serial()
        let column = try #require(
          try store.query("SELECT name FROM pragma_table_info('\(table)') LIMIT 1"))
        #expect(
          try shell(store.path, "UPDATE \(table) SET \(column) = \(column)").status == 0)
        #expect(try store.serial() == serial + 1, "UPDATE \(table)")
      }
      for table in tables.reversed() {
        let serial = try store.serial()
        #expect(try shell(store.path, "DELETE FROM \(table)").status == 0)
        #expect(try store.serial() > serial, "DELETE FROM \(table)")
      }
    }
  }

  @Test func `replacing a row raises the serial`() throws {
    try withStore { store throws in
      try store.execute(Self.inserts[0])
      let serial = try store.serial()
      #expect(
        try shell(
          store.path, Self.inserts[0].replacing("INSERT", with: "INSERT OR REPLACE")
        ).status == 0)
      #expect(try store.serial() > serial)
    }
  }

  @Test func `cascaded deletions raise the serial`() throws {
    try withStore { store throws in
      for insert in Self.inserts { try store.execute(insert) }
      let serial = try store.serial()
      try store.execute("DELETE FROM organizations")
      #expect(try store.serial() > serial + 5)
      #expect(try store.open().info().counts.values.reduce(0, +) == 1)  // the user is nobody's
    }
  }

  @Test func `a rolled-back change does not raise the serial`() throws {
    try withStore { store throws in
      #expect(try shell(store.path, "BEGIN; \(Self.inserts[0]); ROLLBACK;").status == 0)
      #expect(try store.serial() == 0)
    }
  }

  @Test(arguments: ["harnesses", "agents"])
  func `the names of harnesses and of agents are unique in their organization`(table: String)
    throws
  {
    try withStore { store throws in
      try store.execute(
        """
        INSERT INTO organizations (org_id, public_id, name)
        VALUES (1, 'org_1', 'Home'), (2, 'org_2', 'Other')
        """)
      try store.execute("INSERT INTO \(table) (id, org_id, name) VALUES ('x', 1, 'same')")
      try store.execute("INSERT INTO \(table) (id, org_id, name) VALUES ('y', 2, 'same')")
      let result = try shell(
        store.path, "INSERT INTO \(table) (id, org_id, name) VALUES ('z', 1, 'same')")
      #expect(result.status != 0)
      #expect(result.error.contains("UNIQUE constraint failed"))
    }
  }

  @Test func `a capability can be repeated neither in a harness nor in an agent`() throws {
    try withStore { store throws in
      for insert in Self.inserts { try store.execute(insert) }
      for insert in Self.inserts where insert.contains("_capabilities") {
        #expect(try shell(store.path, insert).status != 0)
      }
    }
  }

  @Test func `our own connections enforce foreign keys`() throws {
    try withStore { store throws in
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(throws: DatabaseError.self) { try store.execute(Self.inserts[2]) }
    }
  }
}
