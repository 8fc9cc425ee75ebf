import CommandLineTree
import Everruns

/// `unregister` of a kind of components.
enum ComponentUnregister<Descriptor: ComponentNoun> {
  private static var cascade: Option<Bool> {
    Option.flag(
      "cascade", summary: "Remove also what depends on them, and references in harnesses")
  }

  private static var ignoreMissing: Option<Bool> {
    Option.flag("ignore-missing", summary: "Pass over ids that are not registered")
  }

  static var command: Command<ControlAction> {
    let identifiers = Argument.list(
      "ID", .dynamic(Descriptor.noun), summary: "The \(Descriptor.command)")
    return Command(
      "unregister", summary: "Remove \(Descriptor.command) from the platform",
      discussion: """
        Shows what the change means for capabilities, harnesses and seeding. Only what is named \
        goes unless --cascade is given; what then misses it is a warning. Several ids are removed \
        together or not at all.
        """,
      arguments: [identifiers], options: [cascade, ignoreMissing] + MutationOptions.all,
      examples: [
        Example(
          "See what removing one would mean",
          "everrunsctl \(Descriptor.command) unregister \(Descriptor.example) --dry-run")
      ], exitCodes: [.failure]
    ) { session in
      let arguments = session.arguments
      return try session.edit { definition in
        let ids = arguments[identifiers]
        for id in ids where !arguments[ignoreMissing] {
          _ = try definition.existing(id, Descriptor.self)
        }
        let removed = Set(ids).filter { definition[keyPath: Descriptor.registry].contains($0) }
        definition[keyPath: Descriptor.registry].removeAll {
          removed.contains(Descriptor.identifier(of: $0))
        }
        if arguments[cascade], Descriptor.self == CapabilityDescriptor.self {
          definition.removeDependents(ofCapabilities: removed)
        }
      }
    }
  }
}
