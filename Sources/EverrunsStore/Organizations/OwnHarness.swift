package import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// A harness that belongs to an organization and not to the platform.
package struct OwnHarness: Sendable, Equatable {
  /// What a harness inherits from.
  package enum Parent: Sendable, Equatable {
    /// A built-in harness, by its name in the organization.
    case builtIn(name: String)
    /// Another harness of the organization.
    case own(id: String)
  }

  /// The id of its row.
  package let id: String
  /// The number of its organization.
  package let organization: Int
  /// The name.
  package let name: String
  /// What it inherits from, if anything.
  package let parent: Parent?
  /// The capabilities that it adds, in order.
  package let capabilities: [CapabilityUse]
}

extension SQLiteStore {
  /// The harnesses that belong to organizations and not to the platform.
  func ownHarnesses() throws(StoreError) -> [OwnHarness] {
    try read { db in
      let query: SQL = """
        SELECT harness.id, harness.org_id, harness.name, parent.id AS parent,
          CASE WHEN \(sql: HarnessFacts.isBuiltIn("parent")) THEN parent.name END AS template
        FROM harnesses harness
        LEFT JOIN harnesses parent
          ON parent.id = harness.parent_harness_id AND parent.org_id = harness.org_id
        WHERE coalesce(NOT \(sql: HarnessFacts.isBuiltIn("harness")), TRUE)
        ORDER BY harness.org_id, harness.name, harness.id
        """
      return try query.map(db) { row in
        let id = row.text("id") ?? ""
        return OwnHarness(
          id: id, organization: row.integer("org_id"), name: row.text("name") ?? "",
          parent: row.text("template").map { .builtIn(name: $0) }
            ?? row.text("parent").map { .own(id: $0) },
          capabilities: (try Self.capabilities(db, of: id, .harness).array ?? []).map(
            CapabilityUse.init(stored:)))
      }
    }
  }
}

extension CapabilityUse {
  /// A stored use; what is not a config counts as an empty one.
  fileprivate init(stored value: JSONValue) {
    self.init(value["ref"]?.string ?? "", config: value["config"]?.object ?? [:])
  }
}
