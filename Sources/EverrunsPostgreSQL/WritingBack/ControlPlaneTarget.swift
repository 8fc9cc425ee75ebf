#if PostgreSQL
  import EverrunsStore

  /// One of the control plane's tables as a target.
  struct ControlPlaneTarget: WriteTarget {
    private let table: CopiedTable
    private let tables: ServerTables
    let columns: [String]
    var name: String { table.name }

    init(_ table: CopiedTable, _ tables: ServerTables) {
      self.table = table
      self.tables = tables
      columns = table.columns.map { tables.name(of: $0.name, in: table.name) ?? $0.name }
    }

    func values(of row: [String?]) -> [String?] { tables.values(row, of: table.columns, in: name) }

    /// Updates rows that the transaction sees and inserts the others, so that a row that was deleted
    /// meanwhile is a conflict and does not come back.
    ///
    /// A new row may get the former name of an updated one, and an updated row may reference a new
    /// one: the update comes first, and foreign keys are checked after both.
    func merge(of staged: String) -> String {
      let isHeld = table.key.map { "held.\($0) = staged.\($0)" }.joined(separator: " AND ")
      let assignments =
        columns.filter { !table.key.contains($0) }
        .map { "\($0) = \(Self.supplied($0, in: name, of: "staged"))" } + bookkeeping
      let update =
        assignments.isEmpty
        ? "SELECT 1 FROM \(name) held JOIN \(staged) staged ON \(isHeld)"
        : """
        UPDATE \(name) held SET \(assignments.joined(separator: ", "))
        FROM \(staged) staged WHERE \(isHeld) RETURNING 1
        """
      return """
        WITH updated AS (\(update)), inserted AS (
          INSERT INTO \(name) (\(columns.joined(separator: ", ")))
          SELECT \(columns.map { Self.supplied($0, in: name, of: "staged") }.joined(separator: ", "))
          FROM \(staged) staged
          WHERE (SELECT count(*) FROM updated) IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM \(name) held WHERE \(isHeld))
          RETURNING 1)
        SELECT (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted)
        """
    }

    /// Unique indexes are checked row by row, so that rows cannot exchange keys in one statement.
    func setKeysAside(for staged: String) -> String? {
      guard let source = RecordSource.all.first(where: { $0.kind.table == name }) else {
        return nil
      }
      func key(_ alias: String) -> String {
        "ROW(\(source.key.map { "\(alias).\($0)" }.joined(separator: ", ")))"
      }
      return """
        UPDATE \(name) held SET \(source.naturalKey) = held.id::text FROM \(staged) staged
        WHERE held.id = staged.id AND \(key("held")) IS DISTINCT FROM \(key("staged"))
          AND EXISTS (
            SELECT 1 FROM \(staged) taking
            WHERE \(key("taking")) = \(key("held")) AND taking.id <> held.id)
        """
    }

    /// Part of an entity is changed: the control plane's API then changes the row of the entity too,
    /// and so does this, which makes other changes of the entity conflicts.
    func touch(ownersOf staged: String) -> String? {
      guard let owner = table.owner, tables.has("updated_at", in: owner.table) else { return nil }
      return """
        UPDATE \(owner.table) held SET updated_at = now()
        WHERE held.updated_at <> now()
          AND held.id IN (SELECT staged.\(owner.column) FROM \(staged) staged)
        """
    }

    /// The settings of an organization may come with it, and a new row with the id of a deleted one
    /// restores it.
    func isSame(as staged: String, heldAs held: String) -> String? {
      guard name != "organization_settings" else { return nil }
      return
        (table.key.map { "\(held).\($0) = \(staged).\($0)" }
        + [tables.isThere(name, as: held)]).joined(separator: " AND ")
    }

    /// Rows that the control plane only marks as deleted are marked here too.
    func removal(of staged: String) -> String {
      let isMeant = table.key.map { "\(name).\($0) = removed.\($0)" }.joined(separator: " AND ")
      guard tables.has("deleted_at", in: name) else {
        return "DELETE FROM \(name) USING \(staged) removed WHERE \(isMeant)"
      }
      return """
        UPDATE \(name) SET status = 'deleted', deleted_at = now(),
          archived_at = coalesce(archived_at, now())\(hasTime ? ", updated_at = now()" : "")
        FROM \(staged) removed WHERE \(isMeant)
        """
    }

    private var hasTime: Bool { tables.has("updated_at", in: name) }

    /// Assignments for columns that the control plane maintains: the modification time, and the
    /// deletion marks of a row that is restored.
    private var bookkeeping: [String] {
      var assignments = hasTime ? ["updated_at = now()"] : []
      guard tables.has("deleted_at", in: name) else { return assignments }
      assignments.append("deleted_at = NULL")
      if columns.contains("status") {
        assignments.append(
          "archived_at = CASE WHEN staged.status = 'archived' THEN held.archived_at END")
      } else {
        let wasDeleted = "held.status = 'deleted'"
        assignments.append(
          "status = CASE WHEN \(wasDeleted) THEN 'active' ELSE held.status END")
        assignments.append(
          "archived_at = CASE WHEN NOT \(wasDeleted) THEN held.archived_at END")
      }
      return assignments
    }

    /// The value of a column of a row, with a default where the database requires a value.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - table: The table that is written.
    ///   - row: The alias of the row.
    /// - Returns: An expression.
    static func supplied(_ column: String, in table: String, of row: String) -> String {
      let value = "\(row).\(column)"
      return switch (table, column) {
      case ("agents", "public_id"):
        "coalesce(\(value), 'agent_' || replace(\(row).id::text, '-', ''))"
      case ("llm_models", "display_name"): "coalesce(\(value), \(row).model_id)"
      case ("harnesses", "display_name"): "coalesce(\(value), \(row).name)"
      case ("harnesses", "system_prompt"), ("agents", "system_prompt"): "coalesce(\(value), '')"
      default: value
      }
    }
  }
#endif
