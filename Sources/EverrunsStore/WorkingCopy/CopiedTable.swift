import EverrunsSeeding

/// A table of a working copy that is written back.
package struct CopiedTable: Sendable {
  /// Its name in the copy.
  package let name: String
  /// The columns to write back, including the key.
  package let columns: [Column]
  /// The columns of the primary key.
  package let key: [String]
  /// Whether changes of other columns are ignored.
  let isPartial: Bool

  /// A column and the format of its values.
  package struct Column: Sendable {
    /// Its name.
    package let name: String
    /// What its text stands for.
    package let form: Form
  }

  /// The format of a column's values.
  package enum Form: Sendable {
    case text
    case json
    /// `0` or `1`.
    case boolean
    case integer
  }

  init(_ table: Table, columns: [Table.Column], isPartial: Bool = false) {
    name = table.name
    self.columns = columns.map { Column(name: $0.name, form: Form($0.form)) }
    key = table.keyColumns
    self.isPartial = isPartial
  }
}

extension CopiedTable.Form {
  fileprivate init(_ form: ColumnForm) {
    self =
      switch form {
      case .text: .text
      case .boolean: .boolean
      case .json: .json
      case .integer: .integer
      }
  }
}

extension CopiedTable {
  /// The control plane's tables, each after the tables it references.
  package static let controlPlane = Table.controlPlane.map { table in
    CopiedTable(table, columns: table.sharedColumns, isPartial: true)
  }

  /// The table with the rows that this table's rows are parts of, and the column that references
  /// them; `nil` if the rows are not parts.
  package var owner: (table: String, column: String)? {
    RecordKind.allCases.lazy
      .compactMap { kind in kind.capabilityOwner.map { (kind.table, $0.definition.name, $0.column) }
      }
      .first { $0.1 == name }.map { ($0.0, $0.2) }
  }

  /// The statement with which an administrator gives a role the right to read the control plane's
  /// tables.
  package static func readingGrant(to role: String) -> String {
    "GRANT SELECT ON \(controlPlane.map(\.name).joined(separator: ", ")) TO \(role);"
  }

  /// The digests of last-applied harness templates, the store's own column of `harnesses`.
  package static let harnessDigests = CopiedTable(
    .harnesses, columns: Table.harnesses.columns.filter { $0.name == "id" || $0.isOwn },
    isPartial: true)

  /// The bookkeeping tables, each after the tables it references.
  package static let bookkeeping = Table.bookkeeping.filter { !$0.isCache }.map { table in
    CopiedTable(table, columns: table.columns.filter { !$0.isCache })
  }
}
