import GRDB

extension SQLiteStore {
  /// The organizations, by number.
  func organizations(named word: String?) throws(StoreError) -> [Organization] {
    let condition: SQL =
      switch word {
      case nil: ""
      case let id? where Organization.isPublicID(id): "WHERE o.public_id = \(id)"
      case let word?: "WHERE \(word) IN (o.public_id, o.name)"
      }
    return try read { db in
      try Organization.fetchAll(
        db,
        """
        SELECT o.org_id, o.public_id, o.name,
          s.default_model_id, s.default_harness_id, s.base_harness_id,
          m.model_id AS default_model_id_name,
          d.name AS default_harness_id_name,
          b.name AS base_harness_id_name
        FROM organizations o
        LEFT JOIN organization_settings s ON s.org_id = o.org_id
        LEFT JOIN llm_models m ON m.id = s.default_model_id AND m.org_id = o.org_id
        LEFT JOIN harnesses d ON d.id = s.default_harness_id AND d.org_id = o.org_id
        LEFT JOIN harnesses b ON b.id = s.base_harness_id AND b.org_id = o.org_id
        \(condition) ORDER BY o.org_id
        """)
    }
  }

  /// The names of the organizations, by number.
  func organizationNames() throws(StoreError) -> [(publicID: String, name: String)] {
    try read { db in
      try db.map("SELECT public_id, name FROM organizations ORDER BY org_id") {
        let columns = StoredColumns($0, of: .organizations)
        return (publicID: try columns.text("public_id"), name: try columns.text("name"))
      }
    }
  }
}
