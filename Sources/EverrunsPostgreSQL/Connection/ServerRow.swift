#if PostgreSQL
  import CPostgreSQL
  import EverrunsStore

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
      bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }

    private func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
      let column = Int32(column)
      guard PQgetisnull(result, number, column) == 0, let bytes = PQgetvalue(result, number, column)
      else { return nil }
      return UnsafeRawBufferPointer(
        start: bytes, count: Int(PQgetlength(result, number, column)))
    }

    /// The texts of all columns.
    var texts: [String?] { (0..<count).map(text) }

    /// The values of all columns, for a working copy.
    var copied: [CopiedValue?] {
      (0..<count).map { column in
        bytes(column).map { CopiedValue($0) }
      }
    }

    /// The integer in a column; 0 if it is not one.
    func integer(_ column: Int) -> Int { text(column).flatMap { Int($0) } ?? 0 }

    /// The boolean in a column; false for NULL.
    func bool(_ column: Int) -> Bool { text(column) == "t" }
  }
#endif
