#if PostgreSQL
  import EverrunsStore

  /// The schema `everrunsctl` beside the control plane's tables: the bookkeeping tables of every
  /// store, and the digests of harnesses.
  enum OwnSchema {
    static let name = "everrunsctl"
    /// The digests of last-applied templates, by harness.
    static let digests = "\(name).\(digestTable.name)"
    /// The version created by this program.
    static let version = 2
    /// The columns that later versions than the first added to its tables.
    private static let additions = [Addition(version: 2, table: "history", column: "concerns")]

    /// A column that a version added.
    private struct Addition {
      let version: Int
      let table: String
      let column: String
    }

    /// Whether a table has a column in a version of the schema.
    static func has(_ column: String, in table: String, ofVersion version: Int) -> Bool {
      !additions.contains {
        $0.table == table && $0.column == column && $0.version > version
      }
    }

    /// What a database has of the schema.
    enum Condition: Equatable {
      /// None of its tables.
      case missing
      /// The role lacks a right to read it.
      case unreadable(MissingRight)
      /// Tables or columns are missing or were altered.
      ///
      /// - Parameter problems: Each problem, as part of a sentence.
      case damaged(problems: [String])
      /// All of it can be read.
      case complete(version: Int)
    }

    /// Inspects the schema in the database.
    static func condition(_ connection: ServerConnection) throws -> Condition {
      var isThere = false
      var isUsable = true
      var role = ""
      var found: [String: FoundTable] = [:]
      try connection.run(
        """
        SELECT has_schema_privilege(n.oid, 'USAGE'), c.relname, c.relkind IN ('r', 'p'),
          has_table_privilege(c.oid, 'SELECT'),
          (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), E'\\n')
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
          (SELECT string_agg((SELECT string_agg(a.attname, ' ' ORDER BY a.attname)
              FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)), E'\\n')
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL),
          quote_ident(current_user)
        FROM pg_catalog.pg_namespace n
        LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = ANY ($2)
        WHERE n.nspname = $1
        """, [name, ServerArray.texts(tables.map(\.name))]
      ) { row in
        isThere = true
        isUsable = row.bool(0)
        role = row.text(6) ?? ""
        guard let table = row.text(1) else { return }
        found[table] = FoundTable(
          isTable: row.bool(2), isReadable: row.bool(3), columns: row.lines(4), keys: row.lines(5))
      }
      guard isThere else { return .missing }
      guard isUsable else {
        return .unreadable(MissingRight(right: "USAGE ON SCHEMA \(name)", role: role))
      }
      guard !found.isEmpty else { return .missing }
      func problems(ofVersion version: Int) -> [String] {
        tables.flatMap { $0.problems(of: found[$0.name], ofVersion: version) }
      }
      let problemsOfAny = problems(ofVersion: 1)
      guard problemsOfAny.isEmpty else { return .damaged(problems: problemsOfAny) }
      if let table = tables.first(where: { found[$0.name]?.isReadable != true }) {
        return .unreadable(MissingRight(right: "SELECT ON \(name).\(table.name)", role: role))
      }
      let version = try connection.first("SELECT schema_version FROM \(name).store_state") {
        $0.integer(0)
      }
      guard let version else {
        return .damaged(problems: ["\(name).store_state has no row"])
      }
      let problems = problems(ofVersion: version)
      return problems.isEmpty ? .complete(version: version) : .damaged(problems: problems)
    }

    /// A right to write to the tables that the role lacks.
    static func missingRight(_ connection: ServerConnection) throws -> MissingRight? {
      try connection.first(
        """
        SELECT needed.privilege || ' ON ' || needed.relation, quote_ident(current_user)
        FROM (SELECT privilege, $1 || '.' || name AS relation
          FROM unnest($2::text[]) name, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) privilege
        ) needed
        WHERE NOT has_table_privilege(needed.relation, needed.privilege) LIMIT 1
        """, [name, ServerArray.texts(tables.map(\.name))]
      ) { MissingRight(right: $0.text(0) ?? "", role: $0.text(1) ?? "") }
    }

    /// Creates the tables, and the schema with no rights for other roles unless an administrator
    /// created it.
    ///
    /// - Returns: The condition before, which is ``Condition/missing`` if it was created.
    static func create(_ connection: ServerConnection, storeID: String) throws -> Condition {
      // Concurrent calls wait for each other.
      try connection.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name])
      let condition = try condition(connection)
      guard condition == .missing else { return condition }
      let isThere = try connection.first(
        "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", [name]
      ) { _ in true }
      if isThere == nil {
        try connection.run("CREATE SCHEMA \(name)")
        try connection.run("REVOKE ALL ON SCHEMA \(name) FROM PUBLIC")
      }
      for table in tables {
        let columns = table.columns.map { "\($0.name) \($0.type)" }
        let key = "PRIMARY KEY (\(table.key.joined(separator: ", ")))"
        try connection.run(
          "CREATE TABLE \(name).\(table.name) (\((columns + [key]).joined(separator: ", ")))")
      }
      try connection.run(
        """
        INSERT INTO \(name).store_state (id, store_id, serial, schema_version)
        VALUES (1, $1, 0, $2)
        """, [storeID, String(version)])
      return condition
    }

    /// Adds what an older version lacks.
    ///
    /// Call it while the store is locked.
    ///
    /// - Returns: The condition before.
    static func migrate(_ connection: ServerConnection) throws -> Condition {
      let condition = try condition(connection)
      guard case .complete(let before) = condition, before < version else { return condition }
      for table in tables {
        for column in table.columns
        where !has(column.name, in: table.name, ofVersion: before) {
          try connection.run(
            "ALTER TABLE \(name).\(table.name) ADD COLUMN \(column.name) \(column.type)")
        }
      }
      try connection.run(
        "UPDATE \(name).store_state SET schema_version = $1", [String(version)])
      return condition
    }

    /// The owner of a table that must be altered, as in SQL, if the role may not do that.
    static func otherOwner(_ connection: ServerConnection, from before: Int) throws -> String? {
      let altered = additions.filter { $0.version > before }.map(\.table)
      return try connection.first(
        """
        SELECT quote_ident(pg_get_userbyid(c.relowner))
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = ANY ($2::text[])
          AND NOT pg_has_role(c.relowner, 'USAGE')
        LIMIT 1
        """, [name, ServerArray.texts(altered)]
      ) { $0.text(0) } ?? nil
    }

    // MARK: Findings

    /// Whether a table with this name belongs to the schema.
    static func has(_ table: String?) -> Bool { tables.contains { $0.name == table } }

    /// A finding about a table of the schema, whose names are those in SQL.
    static func qualifying(_ finding: StoreFinding) -> StoreFinding {
      StoreFinding(
        table: finding.table.map { "\(name).\($0)" }, row: finding.row, finding.message,
        remedy: finding.remedy.replacing(/(?<verb>UPDATE|FROM|INTO) (?<table>\w+)/) { match in
          has(String(match.table)) ? "\(match.verb) \(name).\(match.table)" : String(match.0)
        })
    }

    // MARK: Tables

    private static let tables: [OwnTable] =
      CopiedTable.bookkeeping.map { table in
        let own = table.name == "store_state" ? [("schema_version", "integer")] : []
        return OwnTable(
          name: table.name,
          columns: table.columns.map { ($0.name, $0.form == .integer ? "bigint" : "text") } + own,
          key: table.key)
      } + [digestTable]

    private static let digestTable = OwnTable(
      name: "harness_digests", columns: [("harness_id", "uuid"), ("digest", "text NOT NULL")],
      key: ["harness_id"])

    /// A table of the schema.
    private struct OwnTable {
      let name: String
      let columns: [(name: String, type: String)]
      let key: [String]

      /// What is wrong with the table in a database, whose schema has a version.
      func problems(of found: FoundTable?, ofVersion version: Int) -> [String] {
        let table = "\(OwnSchema.name).\(name)"
        guard let found else { return ["there is no table \(table)"] }
        guard found.isTable else { return ["\(table) is not a table"] }
        let types = Dictionary(
          found.columns.map { line in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            return (words[0], words.last ?? "")
          }, uniquingKeysWith: { first, _ in first })
        let problems: [String] = columns.compactMap { column in
          guard OwnSchema.has(column.name, in: name, ofVersion: version) else { return nil }
          let type = column.type.replacing(" NOT NULL", with: "")
          guard let held = types[column.name] else {
            return "there is no column \(table).\(column.name)"
          }
          return held == type ? nil : "\(table).\(column.name) has type \(held), not \(type)"
        }
        guard problems.isEmpty else { return problems }
        return found.keys.contains(key.sorted().joined(separator: " "))
          ? [] : ["\(table) has no primary key (\(key.joined(separator: ", ")))"]
      }
    }

    /// A relation of the database with the name of one of the tables.
    private struct FoundTable {
      let isTable: Bool
      let isReadable: Bool
      /// The names and types.
      let columns: [String]
      /// The names of the columns of each unique index, in alphabetical order.
      let keys: [String]
    }
  }

  extension ServerRow {
    /// The lines of a text.
    fileprivate func lines(_ column: Int) -> [String] {
      (text(column) ?? "").split(separator: "\n").map(String.init)
    }
  }
#endif
