#if PostgreSQL
  import Everruns
  import EverrunsStore

  /// Changes the state of many organizations, with a statement for each thing that changes.
  ///
  /// Harnesses are found by their names, which are unique within an organization.
  struct StateChangeWriter {
    private let store: PostgreSQLStore
    private let ids: RowIDs
    private var tables: ServerTables { store.tables }

    init(_ store: PostgreSQLStore) {
      self.store = store
      ids = RowIDs(runID: store.ids.next())
    }

    /// Changes organizations.
    func write(_ change: StateChange, to organizations: [Int]) throws {
      for update in change.updated where update.changesColumns {
        try updateColumns(update, organizations)
      }
      for harness in change.created { try create(harness, organizations) }
      for update in change.updated where update.changesParent {
        try updateParent(update.harness, organizations)
      }
      let recast = change.updated.filter(\.changesCapabilities).map(\.harness)
      try touch(change.updated.filter(\.changesOnlyCapabilities).map(\.harness), organizations)
      try deleteCapabilities(of: recast, organizations)
      try insertCapabilities(of: recast + change.created, organizations)
      try writeDigests(
        of: change.updated.filter { $0.changesDigest && $0.digestBesideColumns == nil }
          .map(\.harness), organizations)
      try writeSettings(change, organizations)
    }

    // MARK: Harnesses

    /// Changes columns of harnesses, and their digests, whose ids are at hand then: looking them up
    /// again would take a fifteenth of the time in which one prompt is changed everywhere.
    private func updateColumns(_ update: StateChange.Update, _ organizations: [Int]) throws {
      var values = parameters
      let columns = update.columns.map { OrganizationState.columns[$0] }
      let changed = tables.values(
        update.columns.map { update.harness.values[$0] }, of: columns, in: "harnesses")
      var assignments = zip(columns, changed).map { column, value in
        let value = values.add(value, tables.type(of: column.name, in: "harnesses"))
        return "\(column.name) = \(value)"
      }
      if update.harness.name != update.name {
        assignments.append("name = \(values.add(update.harness.name))")
      }
      if columns.contains(where: { $0.name == "status" }), update.harness["status"] == "active" {
        assignments += archiving
      }
      let statement = """
        UPDATE harnesses held SET \((assignments + touching).joined(separator: ", "))
        WHERE \(isMeant) AND held.name = \(values.add(update.name))
        """
      guard let digest = update.digestBesideColumns else {
        try run(statement, values, organizations, expecting: organizations.count)
        return
      }
      let written = try store.connection.first(
        """
        WITH changed AS (\(statement) RETURNING held.id),
        applied AS (
          \(digestUpdate(values.add(digest), of: "SELECT id FROM changed")) RETURNING harness_id)
        SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM applied)
        """, [ServerArray.numbers(organizations)] + values.values
      ) { (harnesses: $0.integer(0), digests: $0.integer(1)) }
      try check(written?.harnesses ?? 0, is: organizations.count, of: "harnesses")
      try insertDigests(of: update.harness, digest, organizations, after: written?.digests ?? 0)
    }

    /// Changes the rows of harnesses of which only the capabilities change, as the control plane's
    /// API does; so other changes of them are conflicts.
    private func touch(
      _ harnesses: [OrganizationState.Harness], _ organizations: [Int]
    ) throws {
      guard !harnesses.isEmpty, !touching.isEmpty else { return }
      var values = parameters
      let names = values.add(ServerArray.texts(harnesses.map(\.name)), "text[]")
      try run(
        """
        UPDATE harnesses held SET \(touching.joined(separator: ", "))
        WHERE \(isMeant) AND held.name = ANY (\(names))
        """, values, organizations, expecting: harnesses.count * organizations.count)
    }

    private func create(
      _ harness: OrganizationState.Harness, _ organizations: [Int]
    ) throws {
      var values = parameters
      let columns = OrganizationState.columns
      let named = ["name"] + columns.map(\.name)
      let row = values.add(
        rows: [[harness.name] + tables.values(harness.values, of: columns, in: "harnesses")],
        of: ["text"] + columns.map { tables.type(of: $0.name, in: "harnesses") })
      let parent =
        if case .named(let name) = harness.parent {
          """
          (SELECT p.id FROM harnesses p WHERE p.org_id = new.org_id
            AND p.name = \(values.add(name)) AND \(tables.isThere("harnesses", as: "p")))
          """
        } else { "NULL::uuid" }
      let id = ids.next(organizations.count, &values)
      let supplied = named.map {
        ControlPlaneTarget.supplied($0, in: "harnesses", of: "template")
      }
      let insertion = """
        INSERT INTO harnesses (id, org_id, parent_harness_id, \(named.joined(separator: ", ")))
        SELECT \(id("new.number")), new.org_id, \(parent), \(supplied.joined(separator: ", "))
        FROM unnest($1::bigint[]) WITH ORDINALITY new (org_id, number),
          (\(row)) template (\(named.joined(separator: ", ")))
        """
      // A new row has no digest yet, so none is looked for.
      let digest = harness.digest.map { digest in
        """
        WITH created AS (\(insertion) RETURNING id)
        INSERT INTO \(OwnSchema.digests) (harness_id, digest)
        SELECT id, \(values.add(digest)) FROM created
        """
      }
      try run(digest ?? insertion, values, organizations, expecting: organizations.count)
    }

    private func updateParent(
      _ harness: OrganizationState.Harness, _ organizations: [Int]
    ) throws {
      var values = parameters
      let touched = touching.map { ", \($0)" }.joined()
      let child = "\(isMeant) AND held.name = \(values.add(harness.name))"
      guard case .named(let name) = harness.parent else {
        try run(
          "UPDATE harnesses held SET parent_harness_id = NULL\(touched) WHERE \(child)",
          values, organizations, expecting: organizations.count)
        return
      }
      try run(
        """
        UPDATE harnesses held SET parent_harness_id = p.id\(touched) FROM harnesses p
        WHERE \(child) AND p.org_id = held.org_id AND p.name = \(values.add(name))
          AND \(tables.isThere("harnesses", as: "p"))
        """, values, organizations, expecting: organizations.count)
    }

    // MARK: Capabilities

    private func deleteCapabilities(
      of harnesses: [OrganizationState.Harness], _ organizations: [Int]
    ) throws {
      guard !harnesses.isEmpty else { return }
      var values = parameters
      let names = values.add(ServerArray.texts(harnesses.map(\.name)), "text[]")
      try run(
        """
        DELETE FROM harness_capabilities c USING harnesses held
        WHERE c.harness_id = held.id AND \(isMeant) AND held.name = ANY (\(names))
        """, values, organizations)
    }

    private func insertCapabilities(
      of harnesses: [OrganizationState.Harness], _ organizations: [Int]
    ) throws {
      let rows = harnesses.flatMap { harness in harness.capabilities.map { [harness.name] + $0 } }
      guard !rows.isEmpty else { return }
      var values = parameters
      let columns = OrganizationState.capabilityColumns
      let names = columns.map(\.name).joined(separator: ", ")
      let query = values.add(rows: rows, of: ["text"] + columns.map(\.serverType))
      let hasID = tables.has("id", in: "harness_capabilities")
      let count = rows.count * organizations.count
      let id = hasID ? "\(ids.next(count, &values)("row_number() OVER ()")), " : ""
      try run(
        """
        INSERT INTO harness_capabilities (\(hasID ? "id, " : "")harness_id, \(names))
        SELECT \(id)held.id, \(columns.map { "capability.\($0.name)" }.joined(separator: ", "))
        FROM harnesses held JOIN (\(query)) capability (harness, \(names))
          ON capability.harness = held.name
        WHERE \(isMeant)
        """, values, organizations, of: "harness_capabilities", expecting: count)
    }

    // MARK: What was last applied

    private func writeDigests(
      of harnesses: [OrganizationState.Harness], _ organizations: [Int]
    ) throws {
      guard !harnesses.isEmpty else { return }
      let released = harnesses.filter { $0.digest == nil }
      if !released.isEmpty {
        var values = parameters
        let names = values.add(ServerArray.texts(released.map(\.name)), "text[]")
        try run(
          """
          DELETE FROM \(OwnSchema.digests) applied USING harnesses held
          WHERE applied.harness_id = held.id AND \(isMeant) AND held.name = ANY (\(names))
          """, values, organizations)
      }
      for harness in harnesses {
        guard let digest = harness.digest else { continue }
        var values = parameters
        let ids = idQuery(of: harness, &values)
        // Most have a digest, and an update takes less time than an insertion that conflicts.
        let updated = try run(
          digestUpdate(values.add(digest), of: ids), values, organizations)
        try insertDigests(of: harness, digest, organizations, after: updated)
      }
    }

    /// The query for the ids of a harness in the organizations.
    private func idQuery(
      of harness: OrganizationState.Harness, _ values: inout Parameters
    ) -> String {
      """
      SELECT held.id FROM harnesses held
      WHERE \(isMeant) AND held.name = \(values.add(harness.name))
      """
    }

    /// The statement that changes the digests of harnesses.
    ///
    /// A join would read the digests of all organizations.
    private func digestUpdate(_ digest: String, of ids: String) -> String {
      "UPDATE \(OwnSchema.digests) SET digest = \(digest) WHERE harness_id = ANY (ARRAY(\(ids)))"
    }

    /// Inserts the digests that an update did not find.
    private func insertDigests(
      of harness: OrganizationState.Harness, _ digest: String, _ organizations: [Int],
      after updated: Int
    ) throws {
      guard updated < organizations.count else { return }
      var values = parameters
      let ids = idQuery(of: harness, &values)
      try run(
        """
        INSERT INTO \(OwnSchema.digests) (harness_id, digest)
        SELECT named.id, \(values.add(digest)) FROM (\(ids)) named WHERE NOT EXISTS (
          SELECT 1 FROM \(OwnSchema.digests) applied WHERE applied.harness_id = named.id)
        """, values, organizations, of: OwnSchema.digests,
        expecting: organizations.count - updated)
    }

    // MARK: Settings

    private func writeSettings(_ change: StateChange, _ organizations: [Int]) throws {
      guard !change.settings.isEmpty else { return }
      var values = parameters
      let columns = change.settings.map(\.column)
      let harnesses = change.settings.map { setting in
        guard case .named(let name) = setting.harness else { return "NULL::uuid" }
        return """
          (SELECT h.id FROM harnesses h WHERE h.org_id = named.org_id
            AND h.name = \(values.add(name)) AND \(tables.isThere("harnesses", as: "h")))
          """
      }
      let touched =
        tables.has("updated_at", in: "organization_settings") ? ["updated_at = now()"] : []
      let assignments = zip(columns, harnesses).map { "\($0) = \($1)" } + touched
      let table = "organization_settings"
      // In two statements: a row that was deleted meanwhile is a conflict and does not come back.
      let updated = try run(
        """
        UPDATE \(table) held SET \(assignments.joined(separator: ", "))
        FROM unnest($1::bigint[]) named (org_id) WHERE held.org_id = named.org_id
        """, values, organizations)
      guard updated < organizations.count else { return }
      try run(
        """
        INSERT INTO \(table) (org_id, \(columns.joined(separator: ", ")))
        SELECT named.org_id, \(harnesses.joined(separator: ", "))
        FROM unnest($1::bigint[]) named (org_id)
        WHERE NOT EXISTS (SELECT 1 FROM \(table) held WHERE held.org_id = named.org_id)
        """, values, organizations, of: table, expecting: organizations.count - updated)
    }

    // MARK: Statements

    /// Parameters after the organizations, which are `$1`.
    private var parameters: Parameters { Parameters(after: 1) }

    /// The condition that a harness, `held`, is in one of the organizations.
    private var isMeant: String {
      "held.org_id = ANY ($1::bigint[]) AND \(tables.isThere("harnesses", as: "held"))"
    }

    /// The assignments that the control plane's API makes with every change.
    private var touching: [String] {
      tables.has("updated_at", in: "harnesses") ? ["updated_at = now()"] : []
    }

    /// The assignments that go with the status `active`.
    private var archiving: [String] {
      tables.has("archived_at", in: "harnesses") ? ["archived_at = NULL"] : []
    }

    @discardableResult
    private func run(
      _ sql: String, _ values: Parameters, _ organizations: [Int],
      of table: String = "harnesses", expecting count: Int? = nil
    ) throws -> Int {
      let written = try store.connection.run(
        sql, [ServerArray.numbers(organizations)] + values.values)
      try check(written, is: count ?? written, of: table)
      return written
    }

    /// Refuses to go on if fewer rows were written than planned.
    private func check(_ written: Int, is count: Int, of table: String) throws {
      guard written == count else {
        throw StoreError.writeRefused(table: table, row: nil, cause: nil, triggers: [])
      }
    }
  }

  extension StateChange.Update {
    /// The digest that is written beside columns of the harness; `nil` if none is.
    fileprivate var digestBesideColumns: String? {
      changesColumns && changesDigest ? harness.digest : nil
    }
  }

  /// The ids of the rows that a run creates in the server.
  ///
  /// They ascend, so that new rows are appended to the index instead of scattered over it: all
  /// share the first part, and the last twelve digits count up.
  final class RowIDs {
    private let prefix: String
    private var count = 0

    /// - Parameter runID: The id that provides the first part.
    init(runID: UUIDVersion7) {
      prefix = String(runID.text.dropLast(12))
    }

    /// Reserves ids.
    ///
    /// - Returns: The SQL expression of an id, from that of a number between 1 and `count`.
    func next(_ count: Int, _ values: inout Parameters) -> (String) -> String {
      let first = values.add("\(self.count)", "bigint")
      self.count += count
      let prefix = values.add(self.prefix)
      return { "(\(prefix) || lpad(to_hex(\(first) + \($0)), 12, '0'))::uuid" }
    }
  }
#endif
