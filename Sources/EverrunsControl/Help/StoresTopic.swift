import CommandLineTree

extension HelpTopics {
  /// The page about locations of stores, and about a control plane's database.
  static let stores = HelpTopic(
    "stores", summary: "Where a store is: a file, or a control plane's database",
    blocks: [
      .table(
        title: "What --store takes",
        [
          HelpTerm(
            "./store.db", "A file of SQLite, created by the first command that writes to it"),
          HelpTerm(
            "postgres://host/database",
            "The database of a control plane, in programs with the trait PostgreSQL"),
        ]),
      .text(
        """
        In the database of a control plane, look first: 'seed preview' and 'seed why' tell what \
        a definition would change, in which organizations, and why. They change nothing, work on a \
        standby, and need no more than the right to read the tables. So do 'status', 'harnesses \
        status' and 'resolve', 'orgs list', 'show' and 'status', and 'store records', 'info' and \
        'check'.

        The control plane seeds by itself whenever it starts, from its own definition. What is \
        applied from another one is undone then. Apply the definition that the control plane has, \
        or switch its seeding off.

        Writing needs a schema of its own, 'everrunsctl', which 'store init' creates for the user \
        who runs it. It holds what was last applied, the history, and saved definitions. Without it, \
        rows of the catalog that differ count as edited. Organizations are deleted by the control \
        plane alone, and its database is copied with pg_dump.

        The right to read is given by

            GRANT SELECT ON organizations, users, organization_members, llm_providers, llm_models,
              organization_settings, mcp_servers, harnesses, harness_capabilities, agents,
              agent_capabilities TO reader;

        A password in an address is shown nowhere by this program, but other users of the machine \
        can see a command line. Keep it in ~/.pgpass, in PGPASSWORD or in a service file, as with \
        every program that uses libpq. A connection is protected only with sslmode=verify-full: \
        postgres://reader@db.example.com/everruns?sslmode=verify-full.
        """),
    ])
}
