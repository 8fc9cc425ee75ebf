#if PostgreSQL
  import EverrunsStore

  /// Loads rows of the database into a working copy.
  struct CopyFiller {
    let copy: WorkingCopy
    let connection: ServerConnection
    private let tables: ServerTables
    private let hasSchema: Bool
    private let schemaVersion: Int
    /// Canonical forms of recent JSON texts: most rows have the same few.
    private let forms = KnownForms()

    init(_ copy: WorkingCopy, of store: PostgreSQLStore) {
      self.copy = copy
      connection = store.connection
      tables = store.tables
      hasSchema = store.hasSchema
      schemaVersion = store.schemaVersion
    }

    // MARK: The control plane's tables

    /// Loads rows of one of the control plane's tables, without deleted rows.
    ///
    /// - Parameters:
    ///   - name: The table; nothing is loaded if it is not one that is copied.
    ///   - condition: A condition on the table, with the alias `held`.
    ///   - parameters: The parameters of the condition.
    /// - Throws: An error of the server or of the copy.
    func rows(of name: String, where condition: String, _ parameters: [String?] = []) throws {
      guard let table = CopiedTable.controlPlane.first(where: { $0.name == name }) else { return }
      var columns = table.columns.map(\.name)
      var expressions = table.columns.map { tables.expression($0, of: name, as: "held") }
      var source = "\(name) held"
      if name == "harnesses", hasSchema {
        columns.append("seed_digest")
        expressions.append("digest.digest")
        source +=
          " LEFT JOIN \(OwnSchema.digests) digest ON digest.harness_id = held.id"
      }
      let json = table.columns.indices.filter { table.columns[$0].form == .json }
      try fill(
        name, columns, json: json,
        """
        SELECT \(expressions.joined(separator: ", ")) FROM \(source)
        WHERE \(tables.isThere(name, as: "held")) AND (\(condition))
        """, parameters)
    }

    /// Loads organizations by their numbers.
    func organizations(_ numbers: [Int]) throws {
      try rows(
        of: "organizations", where: "held.org_id = ANY ($1::bigint[])",
        [ServerArray.numbers(numbers)])
    }

    /// Loads the ids and names of rows, for references to them.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - name: The column with the name.
    ///   - condition: A condition on the table, with the alias `held`.
    ///   - parameters: The parameters of the condition.
    /// - Throws: An error of the server or of the copy.
    func names(
      of table: String, _ name: String = "name", where condition: String,
      _ parameters: [String?] = []
    ) throws {
      // NOT NULL in the copy.
      let others = table == "llm_models" ? ["provider_id"] : []
      try fill(
        table, ["id", "org_id", name] + others,
        """
        SELECT \((["id", "org_id", name] + others).map { "held.\($0)" }.joined(separator: ", "))
        FROM \(table) held WHERE \(tables.isThere(table, as: "held")) AND (\(condition))
        """, parameters)
    }

    /// Loads the rows of a query.
    ///
    /// - Parameters:
    ///   - table: The copy's table.
    ///   - columns: The columns of the copy's table, in the order of the query.
    ///   - json: The positions of JSON columns, which are stored in their canonical form.
    ///   - query: The query.
    ///   - parameters: The parameters of the query.
    /// - Throws: An error of the server or of the copy.
    func fill(
      _ table: String, _ columns: [String], json: [Int] = [], _ query: String,
      _ parameters: [String?] = []
    ) throws {
      try copy.fill(table, columns) { add in
        do {
          try connection.run(query, parameters) { row in
            var values = row.copied
            for index in json {
              guard case .text(let text)? = values[index] else { continue }
              values[index] = .text(forms.form(of: text))
            }
            try add(values)
          }
        } catch let failure as ServerFailure where failure.isAboutValue {
          throw failure.inTable(table)
        }
      }
    }

    // MARK: Our own tables

    /// Loads rows of a table of the schema `everrunsctl`, if the schema exists.
    ///
    /// - Parameters:
    ///   - name: The table.
    ///   - condition: The rest of the query after the table, whose alias is `held`.
    ///   - parameters: The parameters of the query.
    /// - Throws: An error of the server or of the copy.
    func own(_ name: String, _ condition: String = "", _ parameters: [String?] = []) throws {
      guard hasSchema, let table = CopiedTable.bookkeeping.first(where: { $0.name == name }) else {
        return
      }
      // A schema of an older version is read as it is.
      let columns = table.columns.map(\.name)
        .filter { OwnSchema.has($0, in: name, ofVersion: schemaVersion) }
      try fill(
        name, columns,
        """
        SELECT \(columns.map { "held.\($0)" }.joined(separator: ", "))
        FROM \(OwnSchema.name).\(name) held \(condition)
        """, parameters)
    }

    /// Loads some columns of all rows of a table of the schema `everrunsctl`.
    ///
    /// - Parameters:
    ///   - name: The table.
    ///   - columns: The columns to load.
    ///   - empty: Required columns of the copy to leave empty.
    /// - Throws: An error of the server or of the copy.
    func ownColumns(_ name: String, _ columns: [String], empty: [String]) throws {
      guard hasSchema else { return }
      let expressions = columns.map { "held.\($0)" } + empty.map { _ in "''" }
      try fill(
        name, columns + empty,
        "SELECT \(expressions.joined(separator: ", ")) FROM \(OwnSchema.name).\(name) held")
    }

    /// Loads the state row and the last history entry.
    func state() throws {
      guard hasSchema else {
        return try copy.setState(["store_id": try databaseID() ?? ""])
      }
      let table = CopiedTable.bookkeeping.first { $0.name == "store_state" }
      let columns = (table?.columns.map(\.name) ?? []).filter { $0 != "id" }
      let values = try connection.first(
        "SELECT \(columns.joined(separator: ", ")) FROM \(OwnSchema.name).store_state", []
      ) { $0.texts }
      for (index, column) in columns.enumerated() {
        try copy.setState([column: values?[index] ?? nil])
      }
      try own("history", "ORDER BY held.id DESC LIMIT 1")
    }

    /// The id of a database without the schema `everrunsctl`; `nil` if it may not be read.
    private func databaseID() throws -> String? {
      let isAllowed = try connection.first(
        "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')", []
      ) { $0.bool(0) }
      guard isAllowed == true else { return nil }
      return try connection.first(
        """
        SELECT system_identifier::text || '-' || d.oid::text
        FROM pg_control_system(), pg_catalog.pg_database d WHERE d.datname = current_database()
        """, []
      ) { $0.text(0) } ?? nil
    }
  }

  /// A cache of canonical JSON texts by the server's text.
  private final class KnownForms {
    private var forms: [String: String] = [:]
    private static let limit = 1000
    /// The size of the largest text that is kept.
    private static let sizeLimit = 4096

    func form(of text: String) -> String {
      if let form = forms[text] { return form }
      if forms.count >= Self.limit { forms = [:] }
      let form = ServerForm.canonical(text)
      guard text.utf8.count <= Self.sizeLimit else { return form }
      forms[text] = form
      return form
    }
  }
#endif
