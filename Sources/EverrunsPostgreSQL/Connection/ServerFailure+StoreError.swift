#if PostgreSQL
  import EverrunsStore

  extension ServerFailure {
    /// The store error for this failure: busy if a retry later may succeed, unreachable if the
    /// server did not answer.
    ///
    /// The first two characters of a SQLSTATE are its class
    /// (postgresql.org/docs/current/errcodes-appendix.html).
    func storeError(at location: StoreLocation) -> StoreError {
      guard let sqlState else { return Self.withoutCode(message, location) }
      switch (sqlState.prefix(2), sqlState) {
      case ("28", _), (_, "42501"), (_, "25006"):
        return .permissionDenied(location, reason: message)
      case (_, "3D000"): return .noDatabase(location, reason: message)
      case ("57", _), (_, "53300"), (_, "55P03"), (_, "40001"), (_, "40P01"), (_, "25P03"):
        return .serverBusy(location, reason: message)
      case ("08", _), ("53", _), ("58", _), ("XX", _):
        return .unreachable(location, reason: message)
      case ("22", _), ("54", _): return .unacceptableValue(location, reason: message)
      case (_, "42P01"), (_, "42703"): return .unknownTables(location, problems: [message])
      case ("23", _), (_, "P0001"):
        return .writeRefused(table: table ?? "", row: nil, cause: message, triggers: [])
      default: return .inputOutput(location, reason: "\(message) (\(sqlState))")
      }
    }

    /// The error for a failed connection without a SQLSTATE.
    private static func withoutCode(_ message: String, _ location: StoreLocation) -> StoreError {
      message.contains("no password supplied")
        ? .permissionDenied(
          location,
          reason: "the server asks for a password; put it into ~/.pgpass or PGPASSWORD")
        : .unreachable(location, reason: message)
    }
  }
#endif
