#if PostgreSQL
  /// An error of a PostgreSQL server or of the connection to it.
  struct ServerFailure: Error, Equatable {
    /// The SQLSTATE, five characters (postgresql.org/docs/current/errcodes-appendix.html); `nil` if
    /// no server answered.
    let sqlState: String?
    /// The message of the server or of libpq, one line.
    let message: String
    /// The table, if the server names one.
    var table: String?
    /// The constraint or the column, if the server names one.
    var subject: String?

    /// The row or value that the error is about, if the server names one.
    var detail: String?

    /// The same failure with a message that names the table that was read.
    func inTable(_ table: String) -> ServerFailure {
      ServerFailure(
        sqlState: sqlState, message: "table \(table): \(message)", table: table, subject: subject,
        detail: detail)
    }

    /// Whether a value caused the error: data exceptions, and limits of the server.
    var isAboutValue: Bool {
      ["22", "54"].contains(sqlState?.prefix(2))
    }

    /// Whether a concurrent transaction caused the error, so that a retry can succeed.
    ///
    /// - Parameter previous: How the previous attempt failed.
    /// - Returns: For a violated constraint, whether the previous attempt did not violate it with the
    ///   same row: a new attempt sees the rows of other transactions.
    func isConflict(after previous: ServerFailure?) -> Bool {
      switch sqlState {
      // Serialization failure, deadlock.
      case "40001", "40P01": true
      // Foreign key violation, unique violation.
      case "23503", "23505": self != previous
      default: false
      }
    }
  }
#endif
