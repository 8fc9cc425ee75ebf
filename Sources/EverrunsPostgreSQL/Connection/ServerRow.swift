#if PostgreSQL
  import CPostgreSQL

  /// The current row of a query.
  struct ServerRow {
    private let result: OpaquePointer
    private let number: Int32

    /// A row of a result.
    init(_ result: OpaquePointer, number: Int32 = 0) {
      self.result = result
      self.number = number
    }

    /// How many columns there are.
    var count: Int { Int(PQnfields(result)) }

    /// The text of a column; `nil` for NULL.
    func text(_ column: Int) -> String? {
      let column = Int32(column)
      guard PQgetisnull(result, number, column) == 0, let bytes = PQgetvalue(result, number, column)
      else { return nil }
      return String(
        decoding: UnsafeRawBufferPointer(
          start: bytes, count: Int(PQgetlength(result, number, column))), as: UTF8.self)
    }

    /// The texts of all columns.
    var texts: [String?] { (0..<count).map(text) }

    /// The integer in a column; 0 if it is not one.
    func integer(_ column: Int) -> Int { text(column).flatMap { Int($0) } ?? 0 }

    /// The boolean in a column; false for NULL.
    func bool(_ column: Int) -> Bool { text(column) == "t" }
  }
#endif
