// The conformance has a file of its own because the protocol speaks of every folder of this module.
extension SQLiteStore: Store {}
