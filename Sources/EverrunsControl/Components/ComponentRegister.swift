import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `register` of a kind of components.
enum ComponentRegister<Descriptor: ComponentNoun> {
  static var command: Command<ControlAction> {
    let file = Argument.document("A \(Descriptor.noun) or an array of them")
    let replace = Option.flag("replace", summary: "Replace entries with the same id")
    return Command(
      "register", summary: "Add \(Descriptor.command) to the platform",
      discussion: """
        Takes objects as '\(Descriptor.command) show -o json' prints them; missing keys get their \
        defaults. New entries go last; replaced ones keep their place. Either all of them are \
        added, or none.
        """,
      arguments: [file], options: [replace] + MutationOptions.all,
      examples: [
        Example("Add one", "everrunsctl \(Descriptor.command) register \(Descriptor.noun).json")
      ]
    ) { session in
      let arguments = session.arguments
      let derivedKeys = Set(Descriptor.derivedKeys)
      let descriptors = try session.read(arguments[file]) { node throws(DocumentRefusal) in
        try Descriptor.list(reading: node.withoutKeys(derivedKeys))
      }
      return try session.edit { definition in
        var existing: [String] = []
        for component in descriptors.map(\.component) {
          let id = Descriptor.identifier(of: component)
          if !arguments[replace], definition[keyPath: Descriptor.registry].contains(id) {
            existing.append(id)
          } else {
            definition[keyPath: Descriptor.registry].replace(component)
          }
        }
        try ControlError.checkNoneExists(
          existing.withoutRepetitions, noun: Descriptor.noun, plural: Descriptor.command)
      }
    }
  }
}
