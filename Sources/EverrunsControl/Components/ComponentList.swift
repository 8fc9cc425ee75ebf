import CommandLineTree
import Everruns

/// `list` of a kind of components.
enum ComponentList<Family: ComponentNoun> {
  static var command: Command<ControlAction> {
    Command(
      "list", summary: "List the \(Family.command) of the platform",
      formats: [.text, .json, .yaml, .name]
    ) { session in
      try session.writeList(
        Array(try session.platform().definition[keyPath: Family.registry].descriptors),
        columns: Family.columns)
      return .success
    }
  }
}
