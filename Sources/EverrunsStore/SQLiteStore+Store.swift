// The conformance has its own file because the protocol covers every folder of this module.
extension SQLiteStore: Store {}
