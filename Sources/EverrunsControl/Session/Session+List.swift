import EverrunsDocuments

/// A row of a list that a command writes.
protocol Listed {
  /// What `-o name` writes of the row.
  var listName: String { get }
  /// The row as programs read it.
  var document: JSONObject { get }
}

/// What people are shown of a list without rows.
enum EmptyList {
  case note(String)
  case titles
  case nothing
}

extension Session {
  /// Writes a list: a table, an array, or names, as the command line asks.
  func writeList<Row: Listed>(
    _ rows: [Row], columns: [Column<Row>], ifEmpty: EmptyList = .note("there is none")
  ) throws {
    if rows.isEmpty, format == .text, case .note(let text) = ifEmpty { note(text) }
    let showsTable = if case .titles = ifEmpty { true } else { !rows.isEmpty }
    try write(
      json: .array(rows.map { .object($0.document) }), names: rows.map(\.listName),
      text: showsTable
        ? Table(columns: columns).text(rows, width: context.output.width, style: style) : "")
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
