import CommandLineTree
import Everruns
import EverrunsDocuments

/// `show` of a kind of components.
enum ComponentShow<Family: ComponentNoun> {
  static var command: Command<ControlAction> {
    command { _, _, _ in [:] }
  }

  /// The command that shows one component.
  ///
  /// - Parameter more: What else to show of it.
  static func command(
    more: @escaping @Sendable (Family.Component, PlatformDefinition, Session) throws -> JSONObject
  ) -> Command<ControlAction> {
    let identifiers = Argument.list("ID", .dynamic(Family.noun), summary: "The \(Family.command)")
    return Command(
      "show", summary: "Show one or more \(Family.command)",
      discussion: "One id gives an object, several give an array.", arguments: [identifiers],
      examples: [
        Example(
          "Show one", "everrunsctl \(Family.command) show \(Family.example)")
      ], exitCodes: [.failure]
    ) { session in
      let definition = try session.platform().definition
      let objects = try session.arguments[identifiers].map { id in
        let component = try definition.existing(id, Family.self)
        var object = Family.coding.encode(Family.descriptor(of: component))
        for member in try more(component, definition, session).members {
          object[member.key] = member.value
        }
        return object
      }
      try session.writeObjects(objects)
      return .success
    }
  }
}
