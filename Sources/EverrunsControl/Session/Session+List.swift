import CommandLineTree
import EverrunsDocuments
import Messages

/// What people are shown of a list without rows.
enum EmptyList {
  case note(String)
  case titles
  case nothing
}

extension Session {
  /// Writes a list in the format that the command line asks for: a table, an array, lines of JSON
  /// or of tab-separated values, or names.
  ///
  /// - Parameters:
  ///   - columns: The keys of the rows' objects, in the order of the table.
  ///   - ifEmpty: What people are shown of a list without rows.
  func writeList<Row: Listed>(
    _ rows: [Row], columns: [Column<Row>], ifEmpty: EmptyList = .note("nothing to list")
  ) throws {
    let list = ListOutput(
      rows: rows.map { ($0, $0.document) }, columns: columns,
      named: try namedColumns(columns, rows), isVerbose: arguments[GlobalOptions.verbose])
    switch format {
    case .text:
      if rows.isEmpty, case .note(let text) = ifEmpty { note(text) }
      let showsTable = if case .titles = ifEmpty { true } else { !rows.isEmpty }
      // A table is cut to the width of a terminal, and never wrapped.
      if showsTable { try write(list.table.text(width: context.output.width, style: style)) }
    case .tsv: try write(list.tsv)
    case .json, .jsonl, .yaml, .name, .markdown:
      try write(
        json: .array(list.objects.map(JSONValue.object)), names: rows.map(\.listName), text: "")
    }
  }

  /// The columns that `--columns` names; `nil` without the option.
  ///
  /// - Throws: ``ControlError/usage(_:)`` for a key that no column has, or a format without columns.
  private func namedColumns<Row: Listed>(
    _ columns: [Column<Row>], _ rows: [Row]
  ) throws -> [Column<Row>]? {
    guard let text = arguments[ListOptions.columns] else { return nil }
    let option = ListOptions.columns.specification.typedName
    guard format != .yaml, format != .name else {
      throw usageError(
        "'\(option)' has no effect with -o \(format.rawValue)",
        hint: "it works with -o text, tsv, json and jsonl")
    }
    let known = Set(columns.map(\.key))
    let others = (rows.first?.document.members ?? []).map(\.key).filter { !known.contains($0) }
      .map { Column<Row>($0) }
    let all = columns + others
    // Of a list that knows its columns only from its rows, none can be refused without rows.
    guard !all.isEmpty else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      let key = String(word.drop { $0 == " " })
      guard let column = all.first(where: { $0.key == key }) else {
        let keys = all.map(\.key)
        let suggestion = Spelling.hint(for: key, among: keys).map { $0 + "; " } ?? ""
        throw usageError(
          "'\(option)' names \(key.quoted), which is not a column of this list",
          hint: "\(suggestion)the columns are \(keys.joined(separator: ", "))")
      }
      return column
    }
  }
}

/// A list with the columns that are wanted of it.
private struct ListOutput<Row: Listed> {
  let rows: [(row: Row, object: JSONObject)]
  let columns: [Column<Row>]
  let named: [Column<Row>]?
  let isVerbose: Bool

  private var shown: [Column<Row>] {
    named
      ?? columns.filter { column in
        switch column.visibility {
        case .always: true
        case .verbose: isVerbose
        case .named: false
        }
      }
  }

  /// The table for people.
  var table: Table {
    let shown = shown
    return Table(
      heads: shown.map { column in
        .init(
          title: column.title, isShortened: column.isShortened, isNumber: isNumber(column))
      },
      rows: rows.map { row, object in shown.map { $0.cell(of: row, object) } })
  }

  /// Whether all that a column shows is numbers.
  private func isNumber(_ column: Column<Row>) -> Bool {
    if column.isNumber { return true }
    return !rows.isEmpty
      && rows.allSatisfy { row, object in
        let cell = column.cell(of: row, object)
        return cell == "-" || (!cell.isEmpty && cell.utf8.allSatisfy { (0x30...0x39).contains($0) })
      } && rows.contains { row, object in column.cell(of: row, object) != "-" }
  }

  /// The rows as programs read them: whole, or the named columns of them.
  var objects: [JSONObject] {
    guard let named else { return rows.map(\.object) }
    return rows.map { row, object in
      JSONObject(named.map { .init(key: $0.key, value: $0.value(of: row, object)) })
    }
  }

  /// A line of cells for each row, with tabs between them.
  var tsv: String {
    let shown = shown
    return rows.map { row, object in
      shown.map { $0.value(of: row, object).tsvCell }.joined(separator: "\t") + "\n"
    }.joined()
  }
}

extension Session {
  /// Writes objects that were asked for one by one: a single one as an object, several as an array.
  func writeObjects(_ objects: [JSONObject]) throws {
    try write(
      json: objects.count == 1 ? .object(objects[0]) : .array(objects.map(JSONValue.object)),
      text: objects.map { ObjectText.text($0, style: style) }.joined(separator: "\n"))
  }
}
