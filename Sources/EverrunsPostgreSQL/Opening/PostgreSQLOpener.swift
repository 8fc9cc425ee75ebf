#if PostgreSQL
  import EverrunsStore
  import Files

  /// Opens stores in PostgreSQL databases.
  struct PostgreSQLOpener: StoreOpener {
    func opens(_ location: StoreLocation) -> Bool { address(location) != nil }

    func openForReading(
      _ location: StoreLocation, checksSchema: Bool, waiting wait: LockWait,
      interruption: @escaping Interruption
    ) throws(StoreError) -> (any Store)? {
      try store(
        location, ids: UUIDGenerator(), waiting: wait, checksSchema: checksSchema, interruption)
    }

    func openForWriting(
      _ location: StoreLocation, repairs: Bool, ids: UUIDGenerator, waiting wait: LockWait,
      interruption: @escaping Interruption
    ) throws(StoreError) -> any Store {
      let store = try store(
        location, ids: ids, waiting: wait, checksSchema: false, interruption)
      try store.prepareWriting(createsSchema: repairs)
      return store
    }

    func checkCreation(
      at location: StoreLocation, interruption: @escaping Interruption
    ) throws(StoreError) {
      _ = try store(
        location, ids: UUIDGenerator(), waiting: .seconds(5), checksSchema: true, interruption)
    }

    func emptyStore() throws(StoreError) -> any Store {
      // Opening never finds a database missing, so nothing is compared with an empty store.
      try StoreKind.sqlite.opener.emptyStore()
    }

    private func store(
      _ location: StoreLocation, ids: UUIDGenerator, waiting wait: LockWait, checksSchema: Bool,
      _ interruption: @escaping Interruption
    ) throws(StoreError) -> PostgreSQLStore {
      guard let address = address(location) else { throw .unsupported(location) }
      return try PostgreSQLStore(
        address, at: location, ids: ids, waiting: wait, checksSchema: checksSchema,
        interruption: interruption)
    }

    private func address(_ location: StoreLocation) -> StoreAddress? {
      if case .server(let address) = location, address.isPostgreSQL { address } else { nil }
    }
  }
#endif
