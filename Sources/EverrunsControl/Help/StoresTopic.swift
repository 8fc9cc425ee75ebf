import CommandLineTree
import EverrunsStore

extension HelpTopics {
  /// The page about locations of stores, and about a control plane's database.
  static let stores = HelpTopic(
    "stores", summary: "Where a store can be: a file, or the database of a control plane",
    blocks: [
      .table(
        title: "What --store takes",
        [
          HelpTerm(
            "./store.db", "An SQLite file, created by the first command that writes to it"),
          HelpTerm(
            "postgres://host/database",
            "The database of a control plane, in programs with the trait PostgreSQL"),
        ]),
      .text(
        """
        In the database of a control plane, start with a preview: 'seed preview' and 'seed why' \
        show what a definition would change, in which organizations, and why. They change nothing, \
        work on a standby, and need only SELECT on the tables. The same is true of 'status', \
        'harnesses status' and 'resolve', 'orgs list', 'show' and 'status', and 'store records', \
        'info' and 'check'. A role that row security keeps from some rows is refused.

        A control plane seeds its own definition every time it starts, which undoes whatever was \
        applied from another one. Apply the definition that the control plane has, or turn its \
        seeding off.

        Writing needs the schema 'everrunsctl', which 'store init' creates for the user who runs \
        it; SELECT, INSERT, UPDATE and DELETE on the tables; USAGE on the sequence of \
        organizations; and TEMPORARY on the database. The schema holds what was last applied, the \
        history, and saved definitions. Without it, catalog rows that differ count as edited. A \
        schema of an older version is read as it is, and migrated when its owner next writes. \
        PgBouncer works with the pool modes 'session' and 'transaction'. Only the control plane can delete organizations; \
        use pg_dump to back up its database.

        To grant read access:

            \(grant)

        This program never shows the password of an address, but other users of the machine can \
        see the command line. Keep the password in ~/.pgpass, PGPASSWORD or a service file, as with \
        every program that uses libpq. Only sslmode=verify-full protects a connection: \
        postgres://reader@db.example.com/everruns?sslmode=verify-full.
        """),
    ])

  /// The statement that gives a role the right to read, wrapped for terminals.
  private static let grant = CopiedTable.readingGrant(to: "reader").wrapped(to: 72)
    .replacing("\n  ", with: "\n    ")
}
