import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `show` of a kind of components.
enum ComponentShow<Descriptor: ComponentNoun> {
  static var command: Command<ControlAction> {
    command { _, _, _ in [:] }
  }

  /// The command that shows components.
  ///
  /// - Parameter more: Additional members to show.
  /// - Returns: The command `show`.
  static func command(
    more:
      @escaping @Sendable (Descriptor.Component, PlatformDefinition, Session) throws -> JSONObject
  ) -> Command<ControlAction> {
    let identifiers = Argument.list(
      "ID", .dynamic(Descriptor.noun), summary: "The \(Descriptor.command)")
    return Command(
      "show", summary: "Show one or more \(Descriptor.command)",
      discussion: """
        With one id, JSON is an object; with several, an array. -v also shows what uses each.
        """, arguments: [identifiers],
      examples: [
        Example(
          "Show one", "everrunsctl \(Descriptor.command) show \(Descriptor.example)")
      ]
    ) { session in
      let definition = try session.platform().definition
      let components = try definition.existing(
        session.arguments[identifiers], Descriptor.self,
        next: session.listing(Descriptor.command))
      var objects = try components.map { component in
        var object = Descriptor.coding.encode(Descriptor(component))
        object.merge(try more(component, definition, session))
        return object
      }
      if session.isVerboseText {
        let users = Descriptor.users(
          of: components.map { Descriptor($0).listName }, in: definition, session.program.catalog)
        for (index, users) in users.enumerated() { objects[index]["used_by"] = .strings(users) }
      }
      try session.writeObjects(objects)
      return .success
    }
  }
}
