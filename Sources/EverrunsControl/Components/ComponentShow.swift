import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `show` of a kind of components.
enum ComponentShow<Descriptor: ComponentNoun> {
  static var command: Command<ControlAction> {
    command { _, _, _ in [:] }
  }

  /// The command that shows one component.
  ///
  /// - Parameter more: Additional members to show.
  static func command(
    more:
      @escaping @Sendable (Descriptor.Component, PlatformDefinition, Session) throws -> JSONObject
  ) -> Command<ControlAction> {
    let identifiers = Argument.list(
      "ID", .dynamic(Descriptor.noun), summary: "The \(Descriptor.command)")
    return Command(
      "show", summary: "Show one or more \(Descriptor.command)",
      discussion: "One id gives an object, several give an array.", arguments: [identifiers],
      examples: [
        Example(
          "Show one", "everrunsctl \(Descriptor.command) show \(Descriptor.example)")
      ]
    ) { session in
      let definition = try session.platform().definition
      let objects = try definition.existing(session.arguments[identifiers], Descriptor.self).map {
        component in
        var object = Descriptor.coding.encode(Descriptor(component))
        object.merge(try more(component, definition, session))
        return object
      }
      try session.writeObjects(objects)
      return .success
    }
  }
}
