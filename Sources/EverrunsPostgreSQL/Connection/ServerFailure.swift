#if PostgreSQL
  /// Why a server, or the way to it, failed.
  struct ServerFailure: Error {
    /// The five characters by which PostgreSQL tells failures apart
    /// (postgresql.org/docs/current/errcodes-appendix.html); `nil` where no server answered.
    let sqlState: String?
    /// What the server or the library says, in one line.
    let message: String
    /// The table that the failure is about, where the server names one.
    var table: String?
    /// The column or the constraint that the failure is about, where the server names one.
    var subject: String?

    /// Whether what others did in the meantime made a transaction fail, so that it can be repeated.
    var isConflict: Bool {
      // Serialization failure, deadlock, and a key that somebody else has used.
      sqlState.map { ["40001", "40P01", "23505"].contains($0) } ?? false
    }
  }
#endif
