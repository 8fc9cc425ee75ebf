#if PostgreSQL
  extension ServerConnection {
    /// Runs a body in a transaction.
    ///
    /// - Parameters:
    ///   - kind: What follows `BEGIN ISOLATION LEVEL`.
    ///   - wait: How long to wait for a lock that another program holds.
    ///   - settings: Settings of the server for the transaction.
    ///   - body: Uses the transaction, which is rolled back if it throws.
    /// - Returns: What the body returns.
    /// - Throws: ``ServerFailure``, or the error that the body or ``stillWaiting`` throws.
    func transaction<Value>(
      _ kind: String, waitingForLocks wait: Duration,
      settings: KeyValuePairs<String, String> = [:], _ body: () throws -> Value
    ) throws -> Value {
      try run("BEGIN ISOLATION LEVEL \(kind)")
      do {
        // SET takes no snapshot.
        try run("SET LOCAL lock_timeout = \(wait.inMilliseconds)")
        for (name, value) in settings { try run("SET LOCAL \(name) = \(value)") }
        let value = try body()
        try commit()
        return value
      } catch {
        let waiting = stillWaiting
        stillWaiting = {}
        _ = try? run("ROLLBACK")
        stillWaiting = waiting
        throw error
      }
    }
  }

  extension Duration {
    /// The duration in milliseconds, at least 1: the server takes 0 for no limit.
    fileprivate var inMilliseconds: Int64 {
      let (seconds, attoseconds) = components
      let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
      let limit = Int64(Int32.max)
      guard !isTooLong, product < limit else { return limit }
      return max(1, product + attoseconds / 1_000_000_000_000_000)
    }
  }
#endif
