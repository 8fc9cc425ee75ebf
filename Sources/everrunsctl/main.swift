import EverrunsControl

#if PostgreSQL
  import EverrunsPostgreSQL
  import EverrunsStore

  Control(stores: [.sqlite, .postgreSQL]).main()
#else
  Control().main()
#endif
