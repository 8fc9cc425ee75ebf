import CommandLineTree
import Everruns
import EverrunsStore

/// `list` of a kind of components.
enum ComponentList<Descriptor: ComponentNoun> {
  static var command: Command<ControlAction> {
    Command(
      "list", summary: "List the \(Descriptor.command) of the platform",
      examples: [
        Example(
          "List the ids of the stock platform",
          "everrunsctl \(Descriptor.command) list -p oss -o name"
        )
      ],
      formats: .list, columns: .of(Descriptor.allColumns)
    ) { session in
      try session.writeList(
        Array(try session.platform().definition[keyPath: Descriptor.registry].descriptors),
        columns: Descriptor.allColumns,
        ifEmpty: .note("no \(Descriptor.command) registered"))
      return .success
    }
  }
}
