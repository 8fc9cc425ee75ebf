#if PostgreSQL
  /// Rows in the text format of `COPY`
  /// (postgresql.org/docs/current/sql-copy.html, "Text Format").
  struct CopyLines {
    var bytes: [UInt8] = []

    /// Whether the buffer should be sent.
    var isFull: Bool { bytes.count > 1 << 16 }

    /// Adds a row; `nil` is NULL.
    mutating func append(_ row: [String?]) {
      for (index, value) in row.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: "\t")) }
        if let value { append(value) } else { bytes += "\\N".utf8 }
      }
      bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ text: String) {
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
        case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
        case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
        case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
        default: bytes.append(byte)
        }
      }
    }
  }
#endif
