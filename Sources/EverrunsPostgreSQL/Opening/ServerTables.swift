#if PostgreSQL
  import EverrunsDocuments
  import EverrunsStore

  /// The control plane's tables in one database.
  ///
  /// Migration numbers are reused between releases of the control plane, so the version is inferred
  /// from the columns.
  struct ServerTables {
    /// A column of a table.
    private struct Column {
      let type: String
      /// The number of characters that it holds; `nil` for no limit.
      let limit: Int?
      /// Whether it never holds NULL.
      let isRequired: Bool
      /// Whether inserting a row requires a value.
      let isNeeded: Bool
    }

    /// A constraint of one column.
    struct Check: Hashable {
      /// The column's name, as in SQL.
      let column: String
      let type: String
      /// The condition on the column.
      let condition: String
    }

    private let columns: [String: [String: Column]]
    /// The constraints, by table and column.
    private let checks: [String: [String: [Check]]]
    /// Whether names of MCP servers are unique across organizations.
    let hasGlobalServerNames: Bool

    /// Inspects the tables.
    ///
    /// - Throws: ``StoreError/notAControlPlane(_:missing:)`` if there are none, and
    ///   ``StoreError/unknownTables(_:problems:)`` if tables or columns are missing.
    init(_ connection: ServerConnection, at location: StoreLocation) throws {
      var columns: [String: [String: Column]] = [:]
      let names = CopiedTable.controlPlane.map(\.name)
      try connection.run(
        """
        SELECT wanted.name, a.attname, format_type(a.atttypid, NULL),
          a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', a.attnotnull,
          CASE WHEN a.atttypid = 'varchar'::regtype THEN a.atttypmod - 4 END
        FROM unnest($1::text[]) wanted (name)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(wanted.name)
        WHERE a.attnum > 0 AND NOT a.attisdropped
        """, [ServerArray.texts(names)]
      ) { row in
        columns[row.text(0) ?? "", default: [:]][row.text(1) ?? ""] = Column(
          type: row.text(2) ?? "",
          // Without a length it is -1.
          limit: row.text(5).flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 },
          isRequired: row.bool(4), isNeeded: row.bool(3))
      }
      self.columns = columns
      checks = try Self.checks(of: names, connection)
      hasGlobalServerNames =
        try connection.first(
          """
          SELECT 1 FROM pg_catalog.pg_index i
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
          WHERE i.indrelid = to_regclass('mcp_servers') AND i.indisunique AND i.indnkeyatts = 1
            AND i.indpred IS NULL AND a.attname = 'name'
          """, [], { _ in true }) != nil
      let missing = names.filter { columns[$0] == nil }
      guard missing.count < names.count else {
        throw StoreError.notAControlPlane(location, missing: missing)
      }
      var problems = missing.map { "there is no table \($0)" }
      for table in CopiedTable.controlPlane where columns[table.name] != nil {
        problems += table.columns.map(\.name).filter { name(of: $0, in: table.name) == nil }
          .map { "there is no column \(table.name).\($0)" }
      }
      problems += try Self.unreadablePrompts(columns, connection)
      guard problems.isEmpty else {
        throw StoreError.unknownTables(location, problems: problems)
      }
    }

    private static func checks(
      of tables: [String], _ connection: ServerConnection
    ) throws -> [String: [String: [Check]]] {
      var checks: [String: [String: [Check]]] = [:]
      try connection.run(
        """
        SELECT wanted.name, a.attname, quote_ident(a.attname), format_type(a.atttypid, NULL),
          pg_get_expr(c.conbin, c.conrelid)
        FROM unnest($1::text[]) wanted (name)
        JOIN pg_catalog.pg_constraint c ON c.conrelid = to_regclass(wanted.name)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'c' AND array_length(c.conkey, 1) = 1
        ORDER BY c.conname
        """, [ServerArray.texts(tables)]
      ) { row in
        checks[row.text(0) ?? "", default: [:]][row.text(1) ?? "", default: []].append(
          Check(
            column: row.text(2) ?? "", type: row.text(3) ?? "", condition: row.text(4) ?? ""))
      }
      return checks
    }

    /// Some releases of the control plane store encrypted prompts in another column; these cannot
    /// be compared.
    private static func unreadablePrompts(
      _ columns: [String: [String: Column]], _ connection: ServerConnection
    ) throws -> [String] {
      let encrypted = "system_prompt_encrypted"
      let tables = try ["harnesses", "agents"].filter { table in
        guard columns[table]?[encrypted] != nil else { return false }
        let held = "SELECT 1 FROM \(table) WHERE \(encrypted) IS NOT NULL LIMIT 1"
        return try connection.first(held, [], { _ in true }) != nil
      }
      return tables.map { "\($0).\(encrypted) holds prompts that only the control plane can read" }
    }

    /// The name of a column in this database; `nil` if there is no such column.
    func name(of column: String, in table: String) -> String? {
      let former = ["installed": "enabled"]
      return [column, former[column] ?? column].first { columns[table]?[$0] != nil }
    }

    /// Required columns that the program does not know, as `table.column`.
    var columnsInTheWay: [String] {
      CopiedTable.controlPlane.flatMap { table -> [String] in
        let known = Set(table.columns.compactMap { name(of: $0.name, in: table.name) })
        return (columns[table.name] ?? [:]).filter { $0.value.isNeeded && !known.contains($0.key) }
          .keys.sorted().map { "\(table.name).\($0)" }
      }
    }

    /// Whether a table has a column.
    func has(_ column: String, in table: String) -> Bool { columns[table]?[column] != nil }

    /// The type of a column, without a length.
    func type(of column: String, in table: String) -> String {
      name(of: column, in: table).flatMap { columns[table]?[$0]?.type } ?? "text"
    }

    /// The number of characters that a column holds; `nil` for no limit.
    func limit(of column: String, in table: String) -> Int? {
      columns[table]?[name(of: column, in: table) ?? column]?.limit
    }

    /// Whether a column never holds NULL.
    func isRequired(_ column: String, in table: String) -> Bool {
      columns[table]?[name(of: column, in: table) ?? column]?.isRequired ?? false
    }

    /// The constraints of a column.
    func checks(of column: String, in table: String) -> [Check] {
      checks[table]?[name(of: column, in: table) ?? column] ?? []
    }

    /// Values of a working copy as the server takes them.
    func values(
      _ values: [String?], of columns: [CopiedTable.Column], in table: String
    ) -> [String?] {
      zip(columns, values).map { column, value in
        guard let value, isArray(column.name, in: table),
          case .array(let elements)? = try? JSONValue(json: value)
        else { return value }
        return ServerArray.texts(
          elements.map { element in
            if case .string(let text) = element { text } else { element.canonicalJSON }
          })
      }
    }

    /// Whether a column is a text array.
    func isArray(_ column: String, in table: String) -> Bool {
      columns[table]?[column]?.type == "text[]"
    }

    /// The SQL expression for a column of a table with an `alias`, in the form of a working copy.
    func expression(_ column: CopiedTable.Column, of table: String, as alias: String) -> String {
      let name = "\(alias).\(name(of: column.name, in: table) ?? column.name)"
      switch column.form {
      case .boolean: return "\(name)::int"
      case .json where isArray(column.name, in: table): return "to_json(\(name))"
      case .text, .json, .integer: return name
      }
    }

    /// The condition that a row is not deleted: the control plane only marks rows as deleted.
    func isThere(_ table: String, as alias: String) -> String {
      ["harnesses", "agents", "mcp_servers"].contains(table) && has("status", in: table)
        ? "\(alias).status <> 'deleted'" : "true"
    }
  }
#endif
