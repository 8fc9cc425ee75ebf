#if PostgreSQL
  /// Array literals
  /// (postgresql.org/docs/current/arrays.html, "Array Input and Output Syntax").
  enum ServerArray {
    /// A text array; `nil` is NULL.
    static func texts(_ texts: some Sequence<String?>) -> String {
      let quoted = texts.map { text in
        guard let text else { return "NULL" }
        return "\"" + text.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#) + "\""
      }
      return "{" + quoted.joined(separator: ",") + "}"
    }

    /// An integer array.
    static func numbers(_ numbers: some Sequence<Int>) -> String {
      "{" + numbers.map(String.init).joined(separator: ",") + "}"
    }

    /// The numbers in an integer array.
    static func numbers(in array: String) -> [Int] {
      array.dropFirst().dropLast().split(separator: ",").compactMap { Int($0) }
    }

    /// A UUID array; other texts are left out.
    static func uuids(_ texts: some Sequence<String>) -> String {
      "{" + texts.filter(isUUID).joined(separator: ",") + "}"
    }

    /// Whether a text is a UUID in the server's output format.
    private static func isUUID(_ text: String) -> Bool {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
        && parts.allSatisfy { $0.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) } }
    }
  }
#endif
