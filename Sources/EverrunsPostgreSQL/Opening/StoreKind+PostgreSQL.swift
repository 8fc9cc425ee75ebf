#if PostgreSQL
  public import EverrunsStore

  extension StoreKind {
    /// PostgreSQL: the database of a control plane, by an address such as `postgres://host/database`.
    ///
    /// Reading needs no more than the right to read the control plane's tables, and works on a
    /// standby; writing needs the schema `everrunsctl`, which `store init` creates.
    public static let postgreSQL = StoreKind(PostgreSQLOpener())
  }
#endif
