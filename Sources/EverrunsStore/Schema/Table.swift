/// A table of the store: the only place where its columns are named.
///
/// The statements that create it, the columns of plans and of `store records`, and the columns
/// whose changes count all derive from it.
struct Table {
  let name: String
  let columns: [Column]
  /// Constraints over several columns, in SQL.
  var constraints: [String] = []
  var isWithoutRowID = false
  var indexes: [Index] = []
  /// Whether nothing is lost without the rows of the table, because everything is then compared.
  var isCache = false
  /// Whether a store of an older version cannot be read without the table.
  var isNeededToRead = true
  /// The columns that the table had in older versions, and lost.
  var formerColumns: [String] = []

  /// A column and its declaration.
  struct Column {
    let name: String
    /// The type and the constraints.
    let definition: String
    var form = ColumnForm.text
    /// The values that make sense, beyond the form.
    var range = ColumnRange.any
    /// Whether only the store has the column, and not the control plane's database.
    var isOwn = false
    /// Whether nothing is lost without the column, because everything is then compared.
    var isCache = false
    /// Whether a store of an older version cannot be read without the column.
    var isNeededToRead = true

    init(
      _ name: String, _ definition: String, _ form: ColumnForm = .text,
      _ range: ColumnRange = .any, isOwn: Bool = false, isCache: Bool = false,
      isNeededToRead: Bool = true
    ) {
      self.name = name
      self.definition = definition
      self.form = form
      self.range = range
      self.isOwn = isOwn
      self.isCache = isCache
      self.isNeededToRead = isNeededToRead && !isCache
    }
  }

  /// An index; its columns follow the name of its table.
  struct Index {
    let name: String
    let columns: String
    let isUnique: Bool

    init(_ name: String, _ columns: String, isUnique: Bool = false) {
      self.name = name
      self.columns = columns
      self.isUnique = isUnique
    }
  }

  init(
    _ name: String, _ columns: [Column], constraints: [String] = [], isWithoutRowID: Bool = false,
    indexes: [Index] = [], isCache: Bool = false, isNeededToRead: Bool = true,
    formerColumns: [String] = []
  ) {
    self.name = name
    self.columns = columns
    self.constraints = constraints
    self.isWithoutRowID = isWithoutRowID
    self.indexes = indexes
    self.isCache = isCache
    self.isNeededToRead = isNeededToRead
    self.formerColumns = formerColumns
  }

  /// The columns that the control plane's own database has too, in order.
  var sharedColumns: [Column] { columns.filter { !$0.isOwn } }

  /// The column with a name.
  func column(named name: String) -> Column? { columns.first { $0.name == name } }

  /// The columns of the primary key.
  var keyColumns: [String] {
    let inColumn = columns.filter { $0.definition.contains("PRIMARY KEY") }.map(\.name)
    guard inColumn.isEmpty,
      let declared = constraints.first(where: { $0.hasPrefix("PRIMARY KEY") })
    else { return inColumn }
    return declared.dropFirst("PRIMARY KEY".count).split(whereSeparator: { " (),".contains($0) })
      .map(String.init)
  }

  /// Its columns as a query selects them: another program may have added one that cannot be read.
  ///
  /// - Parameter alias: The alias of the table in the query, if it has one.
  /// - Returns: The columns by name, in SQL.
  func selection(of alias: String? = nil) -> String {
    columns.map { "\(alias ?? name).\($0.name)" }.joined(separator: ", ")
  }

  /// The statement that creates the table.
  var creation: String {
    let lines = columns.map(\.declaration) + constraints
    return "CREATE TABLE \(name) (\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n)"
      + (isWithoutRowID ? " WITHOUT ROWID" : "")
  }

  /// The statements that create missing indexes.
  var indexCreations: [String] {
    indexes.map { index in
      "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX IF NOT EXISTS \(index.name) ON \(name) "
        + index.columns
    }
  }
}

extension Table.Column {
  /// The declaration of the column.
  var declaration: String { "\(name) \(definition)" }
}

/// The storage form of a column's values.
enum ColumnForm {
  case text
  case boolean
  case json
  case integer
}

/// The values of a column that make sense.
enum ColumnRange {
  /// All values of its form.
  case any
  /// Numbers that are not negative.
  case amounts
  /// Numbers that count something, and leave room to count on.
  case counts
  /// Times in a form.
  case times(TimeForm)
  /// What an entry of the history says about organizations, as it is stored.
  case concernedOrganizations
  /// These words; the first one is what a row has if nothing else is known.
  case words([String])
}
