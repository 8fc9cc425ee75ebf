import CommandLineTree
import Everruns
import EverrunsDocuments

/// `list` of a kind of components.
enum ComponentList<Family: ComponentNoun> {
  static var command: Command<ControlAction> {
    Command(
      "list", summary: "List the \(Family.command) of the platform",
      formats: [.text, .json, .yaml, .name]
    ) { session in
      try write(
        Array(try session.platform().definition[keyPath: Family.registry].descriptors), session)
    }
  }

  /// Writes a list of components.
  static func write(_ descriptors: [Family.Descriptor], _ session: Session) throws -> ExitCode {
    if descriptors.isEmpty, session.format == .text {
      session.note("there is none")
    }
    try session.write(
      json: .array(descriptors.map { .object(Family.coding.encode($0)) }),
      names: descriptors.map { Family.identifier(of: Family.component(from: $0)) },
      text: descriptors.isEmpty
        ? ""
        : Table(columns: Family.columns).text(
          descriptors, width: session.context.output.width, style: session.style))
    return .success
  }
}
