package import Everruns

extension Store {
  /// Saves new revisions of a definition that come from where the one before them does.
  ///
  /// - Parameters:
  ///   - definitions: The content of each revision, oldest first, with what it changes.
  ///   - name: The definition's name.
  ///   - latest: The revision that the caller has seen as the latest; `nil` where there was none.
  ///   - change: Who does this, and why.
  /// - Returns: The number of the last revision.
  /// - Throws: ``StoreError/superseded(name:seen:latest:)`` if somebody else was faster.
  package func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, change: StoreChange
  ) throws(StoreError) -> Int {
    try save(definitions, as: name, after: latest, origin: .keep, change: change)
  }
}
