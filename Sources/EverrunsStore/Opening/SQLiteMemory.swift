import CSQLiteMemory

/// SQLite's statistics about its memory, which are those of the whole process.
package enum SQLiteMemory {
  /// Turns the statistics off, which need a lock for every allocation.
  ///
  /// This has no effect once SQLite was used: sqlite.org/c3ref/c_config_covering_index_scan.html,
  /// `SQLITE_CONFIG_MEMSTATUS`.
  package static func stopCounting() {
    _ = sqlite3_disable_memory_statistics()
  }
}
