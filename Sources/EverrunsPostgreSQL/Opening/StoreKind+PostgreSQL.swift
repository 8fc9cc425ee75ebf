#if PostgreSQL
  public import EverrunsStore

  extension StoreKind {
    /// PostgreSQL: a control plane's database, at an address such as `postgres://host/database`.
    ///
    /// Reading needs only `SELECT` on the control plane's tables and works on a standby. Writing
    /// needs the schema `everrunsctl`, which `store init` creates.
    public static let postgreSQL = StoreKind(PostgreSQLOpener())
  }
#endif
