import CommandLineTree
import Everruns
import EverrunsStore

/// `unregister` of a kind of components.
enum ComponentUnregister<Descriptor: ComponentNoun> {
  private static var cascade: Option<Bool> {
    Option.flag(
      "cascade",
      summary: "Also remove the capabilities that need them, and references in harnesses")
  }

  private static var ignoreMissing: Option<Bool> {
    Option.flag("ignore-missing", summary: "Ignore ids that are not registered")
  }

  private static var cascadeDiscussion: String {
    """
     Only the named ones go unless --cascade is given; what then misses them is a warning.
    """
  }

  static var command: Command<ControlAction> {
    let identifiers = Argument.list(
      "ID", .dynamic(Descriptor.noun), summary: "The \(Descriptor.command)")
    return Command(
      "unregister", summary: "Remove \(Descriptor.command) from the platform",
      discussion: """
        Shows the impact on the definition and on the store. Either all ids are removed, or none.\(Descriptor.hasDependents ? Self.cascadeDiscussion : "")
        """,
      arguments: [identifiers],
      options: (Descriptor.hasDependents ? [cascade] : []) + [ignoreMissing] + MutationOptions.all,
      examples: [
        Example(
          "See the impact of removing one",
          "everrunsctl \(Descriptor.command) unregister \(Descriptor.example) --dry-run")
      ]
    ) { session in
      let arguments = session.arguments
      return try session.edit { definition in
        let ids = arguments[identifiers]
        if !arguments[ignoreMissing] {
          _ = try definition.existing(
            ids, Descriptor.self, next: session.listing(Descriptor.command))
        }
        let removed = Set(ids).filter { definition[keyPath: Descriptor.registry].contains($0) }
        definition[keyPath: Descriptor.registry].removeAll {
          removed.contains(Descriptor.identifier(of: $0))
        }
        if Descriptor.hasDependents, arguments[cascade] {
          definition.removeDependents(ofCapabilities: removed)
        }
      }
    }
  }
}
