#if PostgreSQL
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  /// Writes the changed rows of a working copy back to the database.
  ///
  /// Rows are copied to a temporary table first and merged from there, which also supplies values
  /// for columns that only the database requires.
  struct WriteBack {
    /// The tables that are written back.
    static let tables =
      CopiedTable.controlPlane + [CopiedTable.harnessDigests] + CopiedTable.bookkeeping

    private let copy: WorkingCopy
    private let store: PostgreSQLStore
    private var connection: ServerConnection { store.connection }

    init(_ copy: WorkingCopy, to store: PostgreSQLStore) {
      self.copy = copy
      self.store = store
    }

    /// Writes all changed rows back.
    func run() throws {
      for table in CopiedTable.controlPlane {
        let target = ControlPlaneTarget(table, store.tables)
        // Rows of an organization refer to each other, and may exchange keys.
        let isOwned = table.columns.contains { $0.name == "org_id" }
        try write(table, to: target, together: isOwned ? "org_id" : nil)
      }
      try write(CopiedTable.harnessDigests, to: DigestTarget())
      for table in CopiedTable.bookkeeping { try write(table, to: OwnTarget(table)) }
    }

    /// Writes the changed rows of a table back; one statement writes all those with the same
    /// `group`.
    private func write(
      _ table: CopiedTable, to target: some WriteTarget, together group: String? = nil
    ) throws {
      guard try copy.changeCount(of: table) > 0 else { return }
      try connection.run(
        """
        CREATE TEMP TABLE \(Self.staged) ON COMMIT DROP AS
        SELECT \(target.columns.joined(separator: ", ")), false AS \(Self.isNew)
        FROM \(target.name) WITH NO DATA
        """)
      let position = table.columns.firstIndex { $0.name == group }
      var written = Batch()
      var removed = Batch()
      try copy.forEachChange(of: table, by: group) { change in
        if change.isDeleted || target.isRemoved(change.values) {
          if removed.isFull { try remove(&removed, from: target) }
          removed.append(change.values, isNew: false)
          return
        }
        let continues = position.map { change.values[$0] == written.rows.last?[$0] } ?? false
        if written.isFull, !continues { try put(&written, into: target) }
        written.append(change.values, isNew: change.isNew)
      }
      try put(&written, into: target)
      try remove(&removed, from: target)
      try connection.run("DROP TABLE \(Self.staged)")
    }

    private static let staged = "pg_temp.everrunsctl_staged"
    /// The staged column that says whether a row must not exist yet.
    private static let isNew = "everrunsctl_is_new"

    /// Rows for one statement.
    private struct Batch {
      private(set) var rows: [[String?]] = []
      private(set) var areNew: [Bool] = []
      private var size = 0

      /// Whether there are as many rows, or as large ones, as one statement should have.
      var isFull: Bool { rows.count >= 5000 || size >= 1 << 22 }

      mutating func append(_ row: [String?], isNew: Bool) {
        rows.append(row)
        areNew.append(isNew)
        size += row.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
      }
    }

    private func put(_ batch: inout Batch, into target: some WriteTarget) throws {
      guard !batch.rows.isEmpty else { return }
      try store.report(SeedProgress(activity: .writing, done: 0, total: 0))
      try checkValues(of: batch, for: target)
      try stage(batch, for: target)
      if batch.areNew.contains(true) { try checkNewRows(in: target) }
      if let touching = target.touch(ownersOf: Self.staged) { try connection.run(touching) }
      if let aside = target.setKeysAside(for: Self.staged) { try connection.run(aside) }
      let count = try connection.first(target.merge(of: Self.staged)) { $0.integer(0) }
      guard count == batch.rows.count else {
        throw StoreError.writeRefused(table: target.name, row: nil, cause: nil, triggers: [])
      }
      batch = Batch()
    }

    private func remove(_ batch: inout Batch, from target: some WriteTarget) throws {
      guard !batch.rows.isEmpty else { return }
      try stage(batch, for: target)
      if let touching = target.touch(ownersOf: Self.staged) { try connection.run(touching) }
      try connection.run(target.removal(of: Self.staged))
      batch = Batch()
    }

    /// Throws if a row that the plan creates is there: it would be overwritten, and no plan showed
    /// it.
    private func checkNewRows(in target: some WriteTarget) throws {
      guard let condition = target.isSame(as: "staged", heldAs: "held") else { return }
      let found = try connection.first(
        """
        SELECT 1 FROM \(Self.staged) staged JOIN \(target.name) held ON \(condition)
        WHERE staged.\(Self.isNew) LIMIT 1
        """
      ) { _ in true }
      guard found == nil else {
        throw StoreError.writeRefused(
          table: target.name, row: nil, cause: "a new row exists already", triggers: [])
      }
    }

    /// Throws if the encoding of the database does not have a character: of the command line, say.
    private func checkValues(of batch: Batch, for target: some WriteTarget) throws {
      guard !connection.holdsAllCharacters else { return }
      let path = DocumentPath().key(target.name)
      try store.checkValues(
        batch.rows.flatMap { row in
          zip(target.columns, row).map { column, value in
            PlacedValue(path: path.key(column), value: .optional(value))
          }
        })
    }

    private func stage(_ batch: Batch, for target: some WriteTarget) throws {
      try connection.run("TRUNCATE \(Self.staged)")
      try connection.copy(into: Self.staged, columns: target.columns + [Self.isNew]) { add in
        for (row, isNew) in zip(batch.rows, batch.areNew) {
          try add(target.values(of: row) + [isNew ? "t" : "f"])
        }
      }
    }
  }

  /// A table that changed rows are written to.
  protocol WriteTarget {
    /// The table's name.
    var name: String { get }
    /// The names of the written columns.
    var columns: [String] { get }

    /// The values of a row in the format of `COPY`.
    func values(of row: [String?]) -> [String?]
    /// Whether a row of the copy is to be removed from the table.
    func isRemoved(_ row: [String?]) -> Bool
    /// The query that inserts or updates the staged rows and returns how many it wrote.
    func merge(of staged: String) -> String
    /// The statement that gives each row whose natural key another staged row gets a key of its own,
    /// until it gets its new one; `nil` if rows of the table do not exchange keys.
    func setKeysAside(for staged: String) -> String?
    /// The statement that changes the rows that the staged ones are parts of; `nil` if they are no
    /// parts.
    func touch(ownersOf staged: String) -> String?
    /// The condition that a row of the table has the key of a staged row and is not deleted; `nil`
    /// if a row that the plan creates may be there.
    func isSame(as staged: String, heldAs held: String) -> String?
    /// The statement that removes the rows with the staged keys.
    func removal(of staged: String) -> String
  }

  extension WriteTarget {
    func values(of row: [String?]) -> [String?] { row }
    func isRemoved(_ row: [String?]) -> Bool { false }
    func setKeysAside(for staged: String) -> String? { nil }
    func touch(ownersOf staged: String) -> String? { nil }
    func isSame(as staged: String, heldAs held: String) -> String? { nil }
  }
#endif
