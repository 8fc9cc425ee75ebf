/// Decides a built-in harness whose template left the definition.
///
/// | `--prune` | condition | reason |
/// |---|---|---|
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
  trace.ask(
    "what becomes of orphans", prune?.rawValue ?? "they stay",
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
