#if PostgreSQL
  /// An error of a PostgreSQL server or of the connection to it.
  struct ServerFailure: Error {
    /// The SQLSTATE, five characters (postgresql.org/docs/current/errcodes-appendix.html); `nil` if
    /// no server answered.
    let sqlState: String?
    /// The message of the server or of libpq, one line.
    let message: String
    /// The table, if the server names one.
    var table: String?
    /// The constraint or the column, if the server names one.
    var subject: String?

    /// A row that was to be new.
    static func uniqueViolation(_ message: String, table: String) -> ServerFailure {
      ServerFailure(sqlState: "23505", message: message, table: table)
    }

    /// Whether a concurrent transaction caused the error, so that a retry can succeed.
    var isConflict: Bool {
      // Serialization failure, deadlock, unique violation.
      sqlState.map { ["40001", "40P01", "23505"].contains($0) } ?? false
    }
  }
#endif
