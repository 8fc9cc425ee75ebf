#if PostgreSQL
  import CPostgreSQL

  /// A row of an answer, while a query is being read.
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

    /// The whole number of a column; 0 where it holds none.
    func integer(_ column: Int) -> Int { text(column).flatMap { Int($0) } ?? 0 }

    /// The truth of a column; false for NULL.
    func bool(_ column: Int) -> Bool { text(column) == "t" }
  }
#endif
