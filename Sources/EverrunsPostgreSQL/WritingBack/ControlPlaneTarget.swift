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

    func merge(of staged: String) -> String {
      let assignments =
        columns.filter { !table.key.contains($0) }.map { "\($0) = excluded.\($0)" } + bookkeeping
      return """
        INSERT INTO \(name) (\(columns.joined(separator: ", ")))
        SELECT \(columns.map { Self.supplied($0, in: name) }.joined(separator: ", ")) FROM \(staged)
        ON CONFLICT (\(table.key.joined(separator: ", "))) DO \(
          assignments.isEmpty ? "NOTHING" : "UPDATE SET \(assignments.joined(separator: ", "))")
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
          "archived_at = CASE WHEN excluded.status = 'archived' THEN \(name).archived_at END")
      } else {
        let wasDeleted = "\(name).status = 'deleted'"
        assignments.append(
          "status = CASE WHEN \(wasDeleted) THEN 'active' ELSE \(name).status END")
        assignments.append(
          "archived_at = CASE WHEN NOT \(wasDeleted) THEN \(name).archived_at END")
      }
      return assignments
    }

    /// The value of a column, with a default where the database requires a value.
    static func supplied(_ column: String, in table: String) -> String {
      switch (table, column) {
      case ("agents", "public_id"):
        "coalesce(public_id, 'agent_' || replace(id::text, '-', ''))"
      case ("llm_models", "display_name"): "coalesce(display_name, model_id)"
      case ("harnesses", "display_name"): "coalesce(display_name, name)"
      case ("harnesses", "system_prompt"), ("agents", "system_prompt"):
        "coalesce(system_prompt, '')"
      default: column
      }
    }
  }
#endif
