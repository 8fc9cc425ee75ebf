#if PostgreSQL
  import EverrunsStore

  extension PostgreSQLStore: Store {
    var isReadWithoutLocks: Bool { false }

    // Each transaction reads one snapshot.
    func checkUnchanged() {}
  }

  extension PostgreSQLStore {
    /// Runs a read-only command in a working copy.
    ///
    /// - Parameters:
    ///   - fill: Loads the rows that the command needs.
    ///   - body: The command.
    /// - Returns: The result of `body`.
    /// - Throws: ``StoreError``: the error of the database or of `body`.
    func inCopy<Value>(
      _ fill: (CopyFiller) throws -> Void, _ body: (any Store) throws -> Value
    ) throws(StoreError) -> Value {
      try location.translatingFailures {
        try read {
          try withCopy { copy in
            try fill(CopyFiller(copy, of: self))
            return try body(copy.store)
          }
        }
      }
    }

    /// Runs a command in a working copy and writes its changes back, all of them or none.
    func changing<Value>(
      _ fill: (CopyFiller) throws -> Void, _ body: (any Store) throws -> Value
    ) throws -> Value {
      try write {
        try withCopy { copy in
          let filler = CopyFiller(copy, of: self)
          try filler.state()
          try fill(filler)
          try copy.noteChanges(of: WriteBack.tables)
          let value = try body(copy.store)
          try WriteBack(copy, to: self).run()
          return value
        }
      }
    }
  }
#endif
