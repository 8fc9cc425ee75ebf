#if PostgreSQL
  /// The parameters of a statement under construction.
  struct Parameters {
    private let offset: Int
    private(set) var values: [String?] = []

    /// - Parameter offset: The number of parameters before these.
    init(after offset: Int) {
      self.offset = offset
    }

    /// Adds a value and returns its placeholder.
    mutating func add(_ value: String?, _ type: String = "text") -> String {
      values.append(value)
      return "$\(offset + values.count)::\(type)"
    }

    /// Adds rows and returns a query for them.
    ///
    /// - Parameters:
    ///   - rows: The values of each row; there may be none.
    ///   - types: The types of the columns.
    /// - Returns: The query, without parentheses.
    mutating func add(rows: [[String?]], of types: [String]) -> String {
      guard !rows.isEmpty else {
        return "SELECT \(types.map { "NULL::\($0)" }.joined(separator: ", ")) WHERE false"
      }
      return "VALUES "
        + rows.map { row in
          "(\(zip(row, types).map { add($0, $1) }.joined(separator: ", ")))"
        }.joined(separator: ", ")
    }
  }
#endif
