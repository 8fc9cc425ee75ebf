/// Decides a built-in harness without a template.
///
/// | `--prune` | condition | reason |
/// |---|---|---|
/// | | waits for its template's name | `orphaned` |
/// | not given | | `orphaned` |
/// | given | not seeded | `orphaned` |
/// | `delete` | in use | `in_use` |
/// | given | | `pruned` |
///
/// A released harness stays usable, so only a deleted one must not be in use.
package func decide(
  _ observed: ObservedOrphan, prune: SeedOptions.Prune?, trace: inout DecisionTrace
) -> SeedReason {
  trace.ask("is in the definition", "no", from: .platform)
  trace.ask("is in the store", "yes", from: .store)
  if observed.awaitsName {
    trace.ask(
      "its template's name is free", "no, used by the organization's own harness", from: .store)
    return .orphanedUntilNameIsFree
  }
  trace.ask(
    "what to do with orphans", prune?.rawValue ?? "keep",
    from: prune == nil ? .noOption : .option(.prune))
  guard let prune else { return .orphaned }
  trace.ask("was seeded", observed.isSeeded, from: .lastApplied)
  guard observed.isSeeded else { return .orphaned }
  if prune == .delete {
    trace.ask("is in use", observed.user.map { "yes, by \($0)" } ?? "no", from: .store)
    if let user = observed.user { return .inUse(by: user) }
  }
  return .pruned(prune)
}
