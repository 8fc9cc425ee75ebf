extension Table {
  /// A column that references a row of another table.
  struct Reference {
    let column: Column
    let table: String
    let parentColumn: String
    let action: Action

    /// What happens to the row when the row that it references is deleted.
    enum Action {
      /// It is deleted too.
      case delete
      /// The column is cleared.
      case clear
    }
  }

  /// The references that the columns declare.
  var references: [Reference] {
    columns.compactMap { column in
      // `... REFERENCES table (column) ON DELETE ...`
      let words = column.definition.split { " ()".contains($0) }
      guard let keyword = words.firstIndex(of: "REFERENCES"), words.count > keyword + 2 else {
        return nil
      }
      return Reference(
        column: column, table: String(words[keyword + 1]), parentColumn: String(words[keyword + 2]),
        action: words.last == "CASCADE" ? .delete : .clear)
    }
  }
}
