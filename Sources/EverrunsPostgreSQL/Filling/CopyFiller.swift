#if PostgreSQL
  import EverrunsStore

  /// Fills a working copy with rows of the database.
  struct CopyFiller {
    let copy: WorkingCopy
    private let connection: ServerConnection
    private let tables: ServerTables
    private let hasSchema: Bool
    /// JSON texts that were read before, in the form that the copy has: most rows hold the same few.
    private let forms = KnownForms()

    init(_ copy: WorkingCopy, of store: PostgreSQLStore) {
      self.copy = copy
      connection = store.connection
      tables = store.tables
      hasSchema = store.hasSchema
    }

    // MARK: The control plane's tables

    /// Copies rows of a table of the control plane, but for those that were deleted.
    ///
    /// - Parameters:
    ///   - condition: Which rows, with `held` as the name of the table.
    ///   - parameters: What the condition's `$1` and so on stand for.
    func rows(of name: String, where condition: String, _ parameters: [String?] = []) throws {
      guard let table = CopiedTable.controlPlane.first(where: { $0.name == name }) else { return }
      var columns = table.columns.map(\.name)
      var expressions = table.columns.map { tables.expression($0, of: name, as: "held") }
      var source = "\(name) held"
      if name == "harnesses", hasSchema {
        columns.append("seed_digest")
        expressions.append("digest.digest")
        source +=
          " LEFT JOIN \(OwnSchema.name).harness_digests digest ON digest.harness_id = held.id"
      }
      let json = table.columns.indices.filter { table.columns[$0].form == .json }
      try fill(
        name, columns, json: json,
        """
        SELECT \(expressions.joined(separator: ", ")) FROM \(source)
        WHERE \(tables.isThere(name, as: "held")) AND (\(condition))
        """, parameters)
    }

    /// Copies what identifies rows, for what refers to them.
    ///
    /// - Parameters:
    ///   - name: The column that people know the rows by.
    ///   - condition: Which rows, with `held` as the name of the table.
    func names(
      of table: String, _ name: String = "name", where condition: String,
      _ parameters: [String?] = []
    ) throws {
      // What the copy demands of every row and nobody asks for.
      let others = table == "llm_models" ? ["provider_id"] : []
      try fill(
        table, ["id", "org_id", name] + others,
        """
        SELECT \((["id", "org_id", name] + others).map { "held.\($0)" }.joined(separator: ", "))
        FROM \(table) held WHERE \(tables.isThere(table, as: "held")) AND (\(condition))
        """, parameters)
    }

    /// Copies the rows of a query.
    ///
    /// - Parameters:
    ///   - columns: The columns of the copy's table that the query gives, in order.
    ///   - json: The numbers of those that are JSON.
    func fill(
      _ table: String, _ columns: [String], json: [Int] = [], _ query: String,
      _ parameters: [String?] = []
    ) throws {
      try copy.fill(table, columns) { add in
        try connection.run(query, parameters) { row in
          var values = row.texts
          for index in json { values[index] = values[index].map(forms.form) }
          try add(values)
        }
      }
    }

    // MARK: Our own tables

    /// Copies rows of a table of the schema `everrunsctl`; none where there is no such schema.
    ///
    /// - Parameter condition: What follows the name of the table, `held`.
    func own(_ name: String, _ condition: String = "", _ parameters: [String?] = []) throws {
      guard hasSchema, let table = CopiedTable.bookkeeping.first(where: { $0.name == name }) else {
        return
      }
      let columns = table.columns.map(\.name)
      try fill(
        name, columns,
        """
        SELECT \(columns.map { "held.\($0)" }.joined(separator: ", "))
        FROM \(OwnSchema.name).\(name) held \(condition)
        """, parameters)
    }

    /// Copies some columns of all rows of a table of the schema `everrunsctl`.
    ///
    /// - Parameter empty: The columns that the copy demands and that are empty in it.
    func ownColumns(_ name: String, _ columns: [String], empty: [String]) throws {
      guard hasSchema else { return }
      let expressions = columns.map { "held.\($0)" } + empty.map { _ in "''" }
      try fill(
        name, columns + empty,
        "SELECT \(expressions.joined(separator: ", ")) FROM \(OwnSchema.name).\(name) held")
    }

    /// Copies what the store knows about itself, and the last entry of its history.
    func state() throws {
      guard hasSchema else {
        return try copy.setState(["store_id": try databaseID() ?? ""])
      }
      let columns = CopiedTable.bookkeeping.first { $0.name == "store_state" }?.columns.map(\.name)
      for column in columns ?? [] where column != "id" {
        let value = try connection.first("SELECT \(column) FROM \(OwnSchema.name).store_state") {
          $0.text(0)
        }
        try copy.setState([column: value ?? nil])
      }
      try own("history", "ORDER BY held.id DESC LIMIT 1")
    }

    /// What identifies a database that has no schema of ours; `nil` where that may not be known.
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

  /// JSON texts in the form of a copy, by the text that the server wrote.
  private final class KnownForms {
    private var forms: [String: String] = [:]
    private static let limit = 1000

    func form(of text: String) -> String {
      if let form = forms[text] { return form }
      if forms.count >= Self.limit { forms = [:] }
      let form = ServerForm.canonical(text)
      forms[text] = form
      return form
    }
  }
#endif
