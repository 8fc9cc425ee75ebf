import CommandLineTree
import Everruns

/// `register` of a kind of components.
enum ComponentRegister<Descriptor: ComponentNoun> {
  static var command: Command<ControlAction> {
    let file = Argument.document("A \(Descriptor.noun) or an array of them")
    let replace = Option.flag("replace", summary: "Put them in the place of those with the same id")
    return Command(
      "register", summary: "Add \(Descriptor.command) to the platform",
      discussion: """
        Each is an object as '\(Descriptor.command) show -o json' writes it; what is left out has its \
        default. New ones stand at the end, replaced ones where they stood. Several are added \
        together or not at all.
        """,
      arguments: [file], options: [replace] + MutationOptions.all,
      examples: [
        Example("Add one", "everrunsctl \(Descriptor.command) register \(Descriptor.noun).json")
      ], exitCodes: [.failure, .badInput, .noInput]
    ) { session in
      let arguments = session.arguments
      let descriptors = try session.read(arguments[file], Descriptor.list(reading:))
      return try session.edit { definition in
        for component in descriptors.map(\.component) {
          let id = Descriptor.identifier(of: component)
          guard arguments[replace] || !definition[keyPath: Descriptor.registry].contains(id) else {
            throw ControlError.exists(
              noun: Descriptor.noun, name: id, next: "put this one in its place with --replace")
          }
          definition[keyPath: Descriptor.registry].replace(component)
        }
      }
    }
  }
}
