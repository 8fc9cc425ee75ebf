import GRDB

/// The harnesses and settings of one organization, with names in place of ids.
///
/// Organizations with equal states get equal plans.
package struct OrganizationState {
  /// A harness, built-in or the organization's own.
  package struct Harness {
    /// The row's id; `nil` for a template.
    package var id: String?
    package var name: String
    /// The values of ``OrganizationState/columns``, as text.
    package var values: [String?]
    package var parent: Reference
    /// The values of ``OrganizationState/capabilityColumns`` of each capability, by position.
    package var capabilities: [[String?]]
    /// The digest of the template that was last applied.
    package var digest: String?

    package init(
      id: String? = nil, name: String, values: [String?], parent: Reference,
      capabilities: [[String?]], digest: String?
    ) {
      self.id = id
      self.name = name
      self.values = values
      self.parent = parent
      self.capabilities = capabilities
      self.digest = digest
    }

    /// Whether the harness is built-in.
    package var isBuiltIn: Bool { self["is_built_in"] == "1" }

    /// The value of one of ``OrganizationState/columns``.
    package subscript(column: String) -> String? {
      columns.firstIndex { $0.name == column }.flatMap { values[$0] }
    }
  }

  /// A reference to a harness.
  package enum Reference: Hashable, Sendable {
    case none
    /// A harness of the organization.
    case named(String)
    /// A row that is not one of the organization's harnesses.
    case other
  }

  package var harnesses: [Harness]
  /// The harness in each setting that holds one, by column.
  package var settings: [String: Reference]

  package init(harnesses: [Harness], settings: [String: Reference]) {
    self.harnesses = harnesses
    self.settings = settings
  }

  /// The columns of a harness that hold its content.
  package static let columns = CopiedTable.columns(
    of: .harnesses, except: ["id", "org_id", "name", "parent_harness_id"])
  /// The columns of a capability.
  package static let capabilityColumns = CopiedTable.columns(
    of: .harnessCapabilities, except: ["harness_id"])
}

extension WorkingCopy {
  /// The state of a loaded organization.
  ///
  /// - Parameters:
  ///   - organization: The number of the organization.
  ///   - settings: The columns of the settings to read.
  /// - Returns: The state; without harnesses if the organization was not loaded.
  /// - Throws: `StoreError`
  package func state(of organization: Int, settings: [String]) throws -> OrganizationState {
    try withDatabase { db in
      var names: [String: String] = [:]
      var parents: [String?] = []
      var harnesses = try db.map(
        """
        SELECT \(Table.harnesses.selection()) FROM harnesses WHERE org_id = ? ORDER BY _rowid_
        """, [organization]
      ) { row in
        let name = row.text("name") ?? ""
        names[row.text("id") ?? ""] = name
        parents.append(row.text("parent_harness_id"))
        return OrganizationState.Harness(
          id: row.text("id"), name: name,
          values: OrganizationState.columns.map { row.text($0.name) }, parent: .none,
          capabilities: [], digest: row.text("seed_digest"))
      }
      func reference(_ id: String?) -> OrganizationState.Reference {
        id.map { names[$0].map { .named($0) } ?? .other } ?? .none
      }
      let columns = OrganizationState.capabilityColumns.map(\.name)
      for index in harnesses.indices {
        harnesses[index].parent = reference(parents[index])
        harnesses[index].capabilities = try db.map(
          """
          SELECT \(columns.joined(separator: ", ")) FROM harness_capabilities
          WHERE harness_id = ? ORDER BY position, capability_id
          """, [harnesses[index].id]
        ) { row in columns.map { row.text($0) } }
      }
      let row = try db.mapFirst(
        """
        SELECT \(Table.organizationSettings.selection()) FROM organization_settings
        WHERE org_id = ?
        """, [organization]
      ) { row in settings.map { row.text($0) } }
      return OrganizationState(
        harnesses: harnesses,
        settings: Dictionary(
          uniqueKeysWithValues: settings.enumerated().map { index, column in
            (column, reference(row?[index]))
          }))
    }
  }
}

extension CopiedTable {
  fileprivate static func columns(of table: Table, except others: Set<String>) -> [Column] {
    CopiedTable(table, columns: table.sharedColumns).columns.filter { !others.contains($0.name) }
  }
}
