import CommandLineTree
import Everruns

/// `unregister` of a kind of components.
enum ComponentUnregister<Family: ComponentNoun> {
  private static var cascade: Option<Bool> {
    Option.flag(
      "cascade", summary: "Remove also what depends on them, and references in harnesses")
  }

  private static var ignoreMissing: Option<Bool> {
    Option.flag("ignore-missing", summary: "Pass over ids that are not registered")
  }

  static var command: Command<ControlAction> {
    let identifiers = Argument.list("ID", .dynamic(Family.noun), summary: "The \(Family.command)")
    return Command(
      "unregister", summary: "Remove \(Family.command) from the platform",
      discussion: """
        Shows what the change means for capabilities, harnesses and seeding. Only what is named \
        goes unless --cascade is given; what then misses it is a warning. Several ids are removed \
        together or not at all.
        """,
      arguments: [identifiers], options: [cascade, ignoreMissing] + MutationOptions.all,
      examples: [
        Example(
          "See what removing one would mean",
          "everrunsctl \(Family.command) unregister \(Family.example) --dry-run")
      ], exitCodes: [.failure]
    ) { session in
      let arguments = session.arguments
      return try session.edit { definition in
        let ids = arguments[identifiers]
        for id in ids where !arguments[ignoreMissing] {
          _ = try definition.existing(id, Family.self)
        }
        let removed = Set(ids).filter { definition[keyPath: Family.registry].has($0) }
        definition[keyPath: Family.registry].removeAll {
          removed.contains(Family.identifier(of: $0))
        }
        if arguments[cascade], Family.self == CapabilityFamily.self {
          definition.removeDependents(ofCapabilities: removed)
        }
      }
    }
  }
}
