import CommandLineTree
import EverrunsDocuments
import Messages

/// The text for an empty list.
enum EmptyList {
  case note(String)
  case titles
  case nothing
}

extension Session {
  /// Writes a list in the requested format: a table, an array, JSON lines, tab-separated values, or
  /// names.
  ///
  /// - Parameters:
  ///   - rows: The rows, in order.
  ///   - columns: The keys of the rows' objects, in table order.
  ///   - ifEmpty: The text for an empty list.
  /// - Throws: A usage error if `--columns` names an unknown column; errors of writing.
  func writeList<Row: Listed>(
    _ rows: [Row], columns: [Column<Row>], ifEmpty: EmptyList = .note("nothing to list")
  ) throws {
    let named = try namedColumns(columns, rows)
    // Names need no objects, which take most of the time.
    lazy var list = ListOutput(
      rows: rows.map { ($0, $0.document) }, columns: columns, named: named, isVerbose: isVerbose)
    switch format {
    case .text:
      if rows.isEmpty, case .note(let text) = ifEmpty { note(text) }
      let showsTable = if case .titles = ifEmpty { true } else { !rows.isEmpty }
      // A table is cut to the width of a terminal, or wraps in full with -v.
      if showsTable {
        try write(list.table.text(width: isVerbose ? nil : context.output.width, style: style))
      }
    case .tsv: try write(list.tsv(escapesControls: context.output.isTerminal))
    case .json, .jsonl, .yaml, .name, .markdown:
      try write(
        json: .array(list.objects.map(JSONValue.object)), names: rows.map(\.listName), text: "")
    }
  }

  /// Whether the columns of a list are chosen with `--columns`.
  var choosesColumns: Bool { !arguments[ListOptions.columns].isEmpty }

  /// The columns of `--columns`; `nil` without the option.
  ///
  /// - Throws: ``ControlError/usage(_:)`` for a key that no column has, or a format without
  ///   columns.
  private func namedColumns<Row: Listed>(
    _ columns: [Column<Row>], _ rows: [Row]
  ) throws -> [Column<Row>]? {
    guard choosesColumns else { return nil }
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
    // If the columns only follow from the rows, an empty list accepts any name.
    guard !all.isEmpty else { return [] }
    let words = arguments[ListOptions.columns].flatMap { $0.split(at: ",") }
      .map { String($0.drop { $0 == " " }) }.withoutRepetitions
    var found: [Column<Row>] = []
    var unknown: [String] = []
    for word in words {
      if let column = all.first(where: { $0.key.hasSameBytes(as: word) }) {
        found.append(column)
      } else {
        unknown.append(word)
      }
    }
    guard unknown.isEmpty else {
      let keys = all.map(\.key)
      let suggestion = Spelling.hint(for: unknown, among: keys).map { $0 + " " }
      throw usageError(
        "'\(option)': this list has no column "
          + unknown.map(\.quoted).joined(asListWith: "or"),
        hint: "\(suggestion ?? "")the columns are \(keys.joined(separator: ", "))")
    }
    return found
  }
}

/// A list with the selected columns.
private struct ListOutput<Row: Listed> {
  let rows: [(row: Row, object: JSONObject)]
  let columns: [Column<Row>]
  let named: [Column<Row>]?
  let isVerbose: Bool

  private var shown: [Column<Row>] {
    named
      ?? columns.filter { column in
        switch column.visibility {
        case .always, .filled: true
        case .verbose: isVerbose
        case .named: false
        }
      }
  }

  /// The list as a table.
  var table: Table {
    let shown =
      named
      ?? shown.filter { column in
        column.visibility != .filled
          || rows.contains { row, object in column.value(of: row, object) != .null }
      }
    return Table(
      heads: shown.map { column in
        .init(
          title: column.title, isShortened: column.isShortened, isNumber: isNumber(column))
      },
      rows: rows.map { row, object in shown.map { $0.cell(of: row, object) } })
  }

  /// Whether all values of a column are numbers.
  private func isNumber(_ column: Column<Row>) -> Bool {
    if column.isNumber { return true }
    return !rows.isEmpty
      && rows.allSatisfy { row, object in
        let cell = column.cell(of: row, object)
        return cell == "-" || (!cell.isEmpty && cell.utf8.allSatisfy { (0x30...0x39).contains($0) })
      } && rows.contains { row, object in column.cell(of: row, object) != "-" }
  }

  /// The rows as JSON: whole, or only the selected columns.
  var objects: [JSONObject] {
    guard let named else { return rows.map(\.object) }
    return rows.map { row, object in
      JSONObject(named.map { .init(key: $0.key, value: $0.value(of: row, object)) })
    }
  }

  /// The rows as lines of tab-separated cells, whose control characters a terminal must not be sent.
  func tsv(escapesControls: Bool) -> String {
    let shown = shown
    return rows.map { row, object in
      shown.map { column in
        let cell = column.value(of: row, object).tsvCell
        return escapesControls ? cell.escapingControls() : cell
      }.joined(separator: "\t") + "\n"
    }.joined()
  }
}

extension Session {
  /// Writes objects that were named.
  func writeObjects(_ objects: [JSONObject]) throws {
    try write(
      json: .named(objects.map(JSONValue.object)),
      text: objects.map { ObjectText.text($0, style: style) }.joined(separator: "\n"))
  }
}

extension JSONValue {
  /// The results for things that were named on the command line: a single one as it is, several as
  /// an array.
  static func named(_ results: [JSONValue]) -> JSONValue {
    results.count == 1 ? results[0] : .array(results)
  }
}
