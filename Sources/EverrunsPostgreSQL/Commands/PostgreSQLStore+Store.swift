#if PostgreSQL
  import EverrunsStore

  extension PostgreSQLStore: Store {
    var isReadWithoutLocks: Bool { false }

    // A transaction sees one state of the database.
    func checkUnchanged() {}
  }

  extension PostgreSQLStore {
    /// Runs a command that only reads in a copy of what it is about.
    ///
    /// - Parameters:
    ///   - fill: Fills the copy.
    ///   - body: The command.
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

    /// Runs a command in a copy of what it is about, and writes back what it changes, all of it or
    /// nothing.
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
