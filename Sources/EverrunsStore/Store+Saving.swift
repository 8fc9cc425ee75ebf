package import Everruns

extension Store {
  /// Saves new revisions of a definition that have the same origin as the revision before them.
  ///
  /// - Parameters:
  ///   - definitions: The content of each revision, oldest first, with what it changes.
  ///   - name: The definition's name.
  ///   - latest: The latest revision that the caller has seen; `nil` if there was none.
  ///   - change: Who makes the change, and why.
  /// - Returns: The number of the last revision.
  /// - Throws: ``StoreError/superseded(name:seen:latest:)`` if someone else saved a revision first.
  package func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, change: StoreChange
  ) throws(StoreError) -> Int {
    try save(definitions, as: name, after: latest, origin: .keep, change: change)
  }
}
