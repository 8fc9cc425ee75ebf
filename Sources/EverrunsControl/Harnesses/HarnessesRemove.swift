import CommandLineTree
import Everruns
import EverrunsStore
import Messages

/// `harnesses remove`.
enum HarnessesRemove {
  static let names = Argument.list(
    "NAME", .dynamic("harness"), summary: "The harness templates")

  private static let children = OptionCategory("What to do with templates that inherit from them")
  static let reparent = Option.optional(
    "reparent", .dynamic("parent-harness"), valueName: "NAME",
    summary: "Make them inherit from this template",
    category: children)
  private static let detach = Option.flag(
    "detach", summary: "Remove their parent", category: children)
  private static let orphan = Option.flag(
    "orphan", summary: "Keep the name of the missing parent", category: children)
  private static let cascade = Option.flag(
    "cascade", summary: "Remove them too", category: children)

  static let command = Command<ControlAction>(
    "remove", summary: "Remove harness templates from the platform",
    discussion: """
      If other templates inherit from a removed one, choose what to do with them; otherwise the \
      command is refused. Organizations keep their built-in harnesses until seeding prunes them.
      """,
    arguments: [names], options: [reparent, detach, orphan, cascade] + MutationOptions.all,
    exclusiveOptions: [[reparent, detach, orphan, cascade]],
    examples: [
      Example(
        "Remove a template, and the parent of those that inherit from it",
        "everrunsctl harnesses remove generic --detach")
    ]
  ) { session in
    let request = Request(session.arguments)
    let list = session.listing("harnesses")
    if case .reparent(let parent) = request.children, request.names.contains(parent) {
      throw session.usageError(
        "'\(reparent.specification.typedName)' names \(parent.quoted), which is removed itself")
    }
    return try session.edit { definition in
      let parent = if case .reparent(let name) = request.children { [name] } else { [String]() }
      _ = try definition.existingHarnesses(request.names + parent, next: list)
      let names = Set(request.names)
      do throws(HarnessWithChildren) {
        try definition.removeHarnesses(names, children: request.children)
      } catch {
        throw ControlError.leavesChildren(harness: error.name, children: error.children)
      }
    }
  }

  /// The removed templates, and the fate of those that inherit from them.
  struct Request: Equatable {
    var names: [String]
    var children: ChildrenOfRemoved

    init(_ arguments: Arguments) {
      names = arguments[HarnessesRemove.names]
      children =
        if let parent = arguments[reparent] {
          .reparent(parent)
        } else if arguments[detach] {
          .detach
        } else if arguments[orphan] {
          .keepParent
        } else if arguments[cascade] {
          .remove
        } else {
          .refuse
        }
    }
  }
}
