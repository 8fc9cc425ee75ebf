import CommandLineTree
import Everruns

/// `register` of a kind of components.
enum ComponentRegister<Family: ComponentNoun> {
  static var command: Command<ControlAction> {
    let file = Argument.document("A \(Family.noun) or an array of them")
    let replace = Option.flag("replace", summary: "Put them in the place of those with the same id")
    return Command(
      "register", summary: "Add \(Family.command) to the platform",
      discussion: """
        Each is an object as '\(Family.command) show -o json' writes it; what is left out has its \
        default. New ones stand at the end, replaced ones where they stood. Several are added \
        together or not at all.
        """,
      arguments: [file], options: [replace] + MutationOptions.all,
      examples: [
        Example("Add one", "everrunsctl \(Family.command) register \(Family.noun).json")
      ], exitCodes: [.failure, .badInput, .noInput]
    ) { session in
      let arguments = session.arguments
      let descriptors = try session.read(arguments[file], Family.descriptors)
      return try session.edit { definition in
        for component in descriptors.map(Family.component) {
          let id = Family.identifier(of: component)
          guard arguments[replace] || !definition[keyPath: Family.registry].has(id) else {
            throw ControlError.exists(
              noun: Family.noun, name: id, next: "put this one in its place with --replace")
          }
          definition[keyPath: Family.registry].replace(component)
        }
      }
    }
  }
}
