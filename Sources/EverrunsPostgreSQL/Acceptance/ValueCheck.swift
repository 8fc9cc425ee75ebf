#if PostgreSQL
  import EverrunsDocuments
  import EverrunsStore
  import Messages

  /// Finds values that the database cannot store, before anything is written.
  ///
  /// The server is asked: only it knows the characters of its encoding and the limits of its
  /// numbers. Most values need no question.
  struct ValueCheck {
    private let connection: ServerConnection

    /// - Parameter connection: A connection, in a transaction.
    init(_ connection: ServerConnection) {
      self.connection = connection
    }

    /// The problems of values, in order.
    func problems(of values: [PlacedValue]) throws -> [Diagnostic] {
      let texts = values.compactMap(\.value.string)
      let missing = try missingCharacters(in: texts)
      let numbers = Set(
        try rejected(Set(values.compactMap(\.longNumber)).sorted()) { numbers in
          try accepts(
            "count(*) FROM unnest($1::text[]) number WHERE number::jsonb IS NULL",
            ServerArray.texts(numbers))
        })
      return try values.compactMap { value -> Diagnostic? in
        let problem: ValueProblem? =
          switch value.value {
          case .string(let text): try self.problem(of: text, value, missing)
          case .number(let number):
            numbers.contains(number.literal) ? .number(number.literal) : nil
          case .null: value.isRequired ? .null : nil
          case .bool, .array, .object: nil
          }
        return problem.map { Diagnostic(problem: $0, at: value.path) }
      }
    }

    /// Whether the database can store a text at all.
    func accepts(_ text: String) throws -> Bool {
      try !text.utf8.contains(0) && missingCharacters(in: [text]).isEmpty
    }

    private func problem(
      of text: String, _ value: PlacedValue, _ missing: Set<Unicode.Scalar>
    ) throws -> ValueProblem? {
      if text.utf8.contains(0) { return .character("\0", encoding: connection.encoding) }
      if !missing.isEmpty, let character = text.unicodeScalars.first(where: missing.contains) {
        return .character(character, encoding: connection.encoding)
      }
      // No encoding has more characters for a text than it has bytes in UTF-8.
      if let limit = value.limit, text.utf8.count > limit {
        let length = try connection.first("SELECT char_length($1::text)", [text]) { $0.integer(0) }
        if length ?? 0 > limit { return .length(of: text, limit: limit) }
      }
      return try value.checks.first { try !isSatisfied($0, by: text) }
        .map { .check(text, condition: $0.condition) }
    }

    /// Whether a value satisfies a constraint; also if it cannot be known in advance.
    private func isSatisfied(_ check: ServerTables.Check, by text: String) throws -> Bool {
      let violations = try withSavepoint {
        try connection.first(
          """
          SELECT 1 FROM (SELECT $1::\(check.type) AS \(check.column)) held
          WHERE NOT (\(check.condition))
          """, [text]
        ) { _ in true }
      }
      return violations != .some(true)
    }

    /// The characters of texts that the database's encoding does not have.
    private func missingCharacters(in texts: [String]) throws -> Set<Unicode.Scalar> {
      guard !connection.holdsAllCharacters else { return [] }
      let characters = texts.reduce(into: Set<Unicode.Scalar>()) { characters, text in
        // Each encoding of a server has ASCII.
        guard text.utf8.contains(where: { $0 > 127 }) else { return }
        characters.formUnion(text.unicodeScalars.filter { !$0.isASCII })
      }
      return Set(
        try rejected(characters.sorted()) { characters in
          let bytes = characters.flatMap { Array(String($0).utf8) }
            .map { String($0, radix: 16) }.joined()
          return try accepts("convert_from(decode($1, 'hex'), 'UTF8')", bytes)
        })
    }

    /// The values that are not accepted.
    private func rejected<Value>(
      _ values: [Value], _ areAccepted: ([Value]) throws -> Bool
    ) throws -> [Value] {
      guard !values.isEmpty, try !areAccepted(values) else { return [] }
      guard values.count > 1 else { return values }
      let middle = values.count / 2
      return try rejected(Array(values[..<middle]), areAccepted)
        + rejected(Array(values[middle...]), areAccepted)
    }

    /// Whether the server selects an expression with a parameter without an error about a value.
    private func accepts(_ expression: String, _ parameter: String) throws -> Bool {
      try withSavepoint(failing: \.isAboutValue) {
        try connection.run("SELECT \(expression)", [parameter])
      } != nil
    }

    /// Runs a body whose failures leave the transaction usable.
    ///
    /// - Returns: What the body returns; `nil` if it failed as expected.
    private func withSavepoint<Value>(
      failing isExpected: (ServerFailure) -> Bool = { $0.sqlState != nil },
      _ body: () throws -> Value
    ) throws -> Value? {
      try connection.run("SAVEPOINT value_check")
      do {
        let value = try body()
        try connection.run("RELEASE SAVEPOINT value_check")
        return value
      } catch let failure as ServerFailure where isExpected(failure) {
        try connection.run("ROLLBACK TO SAVEPOINT value_check")
        return nil
      }
    }
  }

  /// A value that is to be stored.
  struct PlacedValue {
    /// Its path in the document that it comes from.
    let path: DocumentPath
    /// The value, which is not an array or an object.
    let value: JSONValue
    /// The number of characters that the column holds; `nil` for no limit.
    var limit: Int?
    /// Whether the column must have a value.
    var isRequired = false
    /// The constraints of the column.
    var checks: [ServerTables.Check] = []

    /// The texts and numbers in a value, and the names of members.
    static func all(
      in value: JSONValue, at path: DocumentPath, limit: Int? = nil, isRequired: Bool = false,
      checks: [ServerTables.Check] = []
    ) -> [PlacedValue] {
      switch value {
      case .array(let elements):
        elements.enumerated().flatMap { all(in: $0.element, at: path.index($0.offset)) }
      case .object(let object):
        object.members.flatMap { member in
          [PlacedValue(path: path.key(member.key), value: .string(member.key))]
            + all(in: member.value, at: path.key(member.key))
        }
      case .null, .bool, .number, .string:
        [
          PlacedValue(
            path: path, value: value, limit: limit, isRequired: isRequired, checks: checks)
        ]
      }
    }

    /// The number, if it may be too large or too precise for the server.
    fileprivate var longNumber: String? {
      guard case .number(let number) = value,
        number.literal.utf8.count > 100 || number.literal.contains(where: { "eE".contains($0) })
      else { return nil }
      return number.literal
    }
  }

  /// Why the database cannot store a value.
  enum ValueProblem: DiagnosticProblem {
    /// The encoding of the database does not have a character, or it is U+0000.
    case character(Unicode.Scalar, encoding: String)
    /// The text is longer than the column.
    case length(of: String, limit: Int)
    /// The number has too many digits.
    case number(String)
    /// A constraint of the column excludes the text.
    case check(String, condition: String)
    /// The column must have a value.
    case null

    var code: Diagnostic.Code { .invalidDocument }

    func message(about subject: String) -> String {
      switch self {
      case .character("\0", _): "U+0000 cannot be stored"
      case .character(let character, let encoding):
        "the database's encoding \(encoding) has no character '\(character)' "
          + "(\(character.code))"
      case .length(let text, let limit):
        "'\(Self.beginning(of: text))' is longer than \(limit) characters"
      case .number(let literal):
        "the number \(Self.beginning(of: literal)) has too many digits for the database"
      case .check(let text, let condition):
        "'\(Self.beginning(of: text))' violates a constraint of the database: \(condition)"
      case .null: "\(subject) must have a value in this database"
      }
    }

    var hint: String? { nil }

    private static func beginning(of text: String) -> String {
      text.count > 40 ? text.prefix(40) + "..." : text
    }
  }
#endif
