/// A table of a working copy whose changed rows go back.
package struct CopiedTable: Sendable {
  /// Its name in the copy.
  package let name: String
  /// The columns that go back, the key among them.
  package let columns: [Column]
  /// The columns that identify a row.
  package let key: [String]
  /// Whether only a change of a column that goes back counts, and not every change of the row.
  let isPartial: Bool

  /// A column, and what its text stands for.
  package struct Column: Sendable {
    /// Its name.
    package let name: String
    /// What its text stands for.
    package let form: Form
  }

  /// What the text of a column stands for.
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
    key = table.primaryKey
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
  /// The tables of the control plane, each after those that its rows refer to.
  package static let controlPlane = Table.controlPlane.map { table in
    CopiedTable(table, columns: table.sharedColumns, isPartial: true)
  }

  /// What seeding last applied to harnesses: the store's own column among those of the control
  /// plane.
  package static let harnessDigests = CopiedTable(
    .harnesses, columns: Table.harnesses.columns.filter { $0.name == "id" || $0.isOwn },
    isPartial: true)

  /// The tables that are a store's own, each after those that its rows refer to.
  package static let bookkeeping = Table.bookkeeping.filter { !$0.isCache }.map { table in
    CopiedTable(table, columns: table.columns.filter { !$0.isCache })
  }
}

extension Table {
  /// The columns that identify a row.
  fileprivate var primaryKey: [String] {
    if let column = columns.first(where: { $0.definition.contains("PRIMARY KEY") }) {
      return [column.name]
    }
    let clause = constraints.first { $0.hasPrefix("PRIMARY KEY (") } ?? ""
    return clause.dropFirst("PRIMARY KEY (".count).dropLast().split(separator: ",").map {
      $0.filter { $0 != " " }
    }
  }
}
