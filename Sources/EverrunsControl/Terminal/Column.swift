import EverrunsDocuments

/// A key of the objects that a list consists of, as the list's table shows it.
///
/// From one definition come the cells of the table, those of `-o tsv`, and the members of the
/// objects that `--columns` asks for.
struct Column<Row>: Sendable {
  /// When the table shows a column.
  enum Visibility: Sendable {
    /// Always.
    case always
    /// With `-v`, or where it is named.
    case verbose
    /// Only where it is named.
    case named
  }

  /// The key in the list's objects, by which `--columns` names it.
  let key: String
  /// The head of the column.
  let title: String
  let visibility: Visibility
  /// Whether the column may be cut where a terminal is too narrow.
  let isShortened: Bool
  /// Whether the column holds numbers, which are aligned on the right, also without a row.
  let isNumber: Bool
  /// The value that only this column has; `nil` for the object's member of the key.
  let derivedValue: (@Sendable (Row) -> JSONValue)?
  /// What the table shows; `nil` for the value as text.
  let text: (@Sendable (Row) -> String)?

  /// A column for a member of the list's objects.
  ///
  /// - Parameters:
  ///   - title: The head of the column; the key if it is short enough.
  ///   - isShortened: Whether the column may be cut where a terminal is too narrow.
  ///   - text: What the table shows, if that is not the value.
  init(
    _ key: String, title: String? = nil, visibility: Visibility = .always,
    isShortened: Bool = false, isNumber: Bool = false,
    _ text: (@Sendable (Row) -> String)? = nil
  ) {
    self.init(key, title, visibility, isShortened, isNumber, derivedValue: nil, text)
  }

  /// A column for what the list's objects have only where it is named.
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
  /// The value of the column in a row, whose object is given.
  func value(of row: Row, _ object: JSONObject) -> JSONValue {
    derivedValue?(row) ?? object[key] ?? text.map { .string($0(row)) } ?? .null
  }

  /// The cell of the table in a row, whose object is given.
  func cell(of row: Row, _ object: JSONObject) -> String {
    text?(row) ?? value(of: row, object).cellText
  }
}

extension JSONValue {
  /// The value in a cell of a table, for people.
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

  /// The value in a cell of tab-separated values: nothing for null, compact JSON for arrays and
  /// objects, and no raw tab or line break.
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
