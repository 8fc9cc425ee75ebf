import EverrunsDocuments

/// A column of a list: a key of its objects.
///
/// One definition provides the cells of the table, those of `-o tsv`, and the members of the
/// objects for `--columns`.
struct Column<Row>: Sendable {
  /// When the table shows a column.
  enum Visibility: Sendable {
    /// Always.
    case always
    /// If a row has a value for it, or if named.
    case filled
    /// With `-v`, or if named.
    case verbose
    /// Only if named.
    case named
  }

  /// The key in the list's objects, and the name for `--columns`.
  let key: String
  /// The head of the column.
  let title: String
  let visibility: Visibility
  /// Whether the column may be truncated on a narrow terminal.
  let isShortened: Bool
  /// Whether the column holds numbers, which are right-aligned, even in an empty list.
  let isNumber: Bool
  /// A value that only this column has; `nil` for the object's member with the key.
  let derivedValue: (@Sendable (Row) -> JSONValue)?
  /// The cell's text in the table; `nil` for the value as text.
  let text: (@Sendable (Row) -> String)?

  /// A column for a member of the list's objects.
  ///
  /// - Parameters:
  ///   - key: The key of the member, and the name of the column for `--columns`.
  ///   - title: The head of the column; the key if it is short enough.
  ///   - visibility: When the table shows the column.
  ///   - isShortened: Whether the column may be truncated on a narrow terminal.
  ///   - isNumber: Whether the column holds numbers, which are right-aligned.
  ///   - text: The cell's text in the table, if it is not the value.
  init(
    _ key: String, title: String? = nil, visibility: Visibility = .always,
    isShortened: Bool = false, isNumber: Bool = false,
    _ text: (@Sendable (Row) -> String)? = nil
  ) {
    self.init(key, title, visibility, isShortened, isNumber, derivedValue: nil, text)
  }

  /// A column for a value that the list's objects only have if it is named.
  static func derived(
    _ key: String, title: String? = nil, visibility: Visibility = .always,
    isShortened: Bool = false, value: @escaping @Sendable (Row) -> JSONValue,
    _ text: (@Sendable (Row) -> String)? = nil
  ) -> Self {
    Self(key, title, visibility, isShortened, false, derivedValue: value, text)
  }

  private init(
    _ key: String, _ title: String?, _ visibility: Visibility, _ isShortened: Bool,
    _ isNumber: Bool, derivedValue: (@Sendable (Row) -> JSONValue)?,
    _ text: (@Sendable (Row) -> String)?
  ) {
    self.key = key
    self.title = (title ?? key).uppercased()
    self.visibility = visibility
    self.isShortened = isShortened
    self.isNumber = isNumber
    self.derivedValue = derivedValue
    self.text = text
  }
}

extension Column where Row: Listed {
  /// The value of the column in a row with a given object.
  func value(of row: Row, _ object: JSONObject) -> JSONValue {
    derivedValue?(row) ?? object[key] ?? text.map { .string($0(row)) } ?? .null
  }

  /// The table cell of a row with a given object.
  func cell(of row: Row, _ object: JSONObject) -> String {
    text?(row) ?? value(of: row, object).cellText
  }
}

extension JSONValue {
  /// The text of a value in a table cell.
  fileprivate var cellText: String {
    switch self {
    case .null: "-"
    case .bool(let flag): flag ? "yes" : "no"
    case .number(let number): number.literal
    case .string(let text): text
    case .array(let elements):
      elements.isEmpty
        ? "-" : elements.map { $0.string ?? $0.canonicalJSON }.joined(separator: ", ")
    case .object(let object): object.isEmpty ? "-" : canonicalJSON
    }
  }

  /// The text of a value in tab-separated output: empty for null, compact JSON for arrays and
  /// objects, without raw tabs and newlines.
  var tsvCell: String {
    switch self {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): number.literal
    case .string(let text): text.escapedForTSV
    case .array, .object: canonicalJSON.escapedForTSV
    }
  }
}

extension String {
  fileprivate var escapedForTSV: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: #"\\"#.unicodeScalars)
      case "\t": result.append(contentsOf: #"\t"#.unicodeScalars)
      case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
      case "\r": result.append(contentsOf: #"\r"#.unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
