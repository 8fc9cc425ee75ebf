import CommandLineTree
import Everruns
import EverrunsStore

/// `harnesses remove`.
enum HarnessesRemove {
  private static let names = Argument.list(
    "NAME", .dynamic("harness"), summary: "The harness templates")

  private static let children = OptionCategory("What becomes of templates that build on them")
  private static let reparent = Option.optional(
    "reparent", .dynamic("harness"), valueName: "NAME", summary: "They build on this one",
    category: children)
  private static let detach = Option.flag(
    "detach", summary: "They build on nothing", category: children)
  private static let orphan = Option.flag(
    "orphan", summary: "They keep naming a parent that is not there", category: children)
  private static let cascade = Option.flag(
    "cascade", summary: "They are removed too", category: children)

  static let command = Command<ControlAction>(
    "remove", summary: "Remove harness templates from the platform",
    discussion: """
      Refuses to leave templates behind that build on a removed one, unless it is said what \
      becomes of them. Organizations keep the harnesses they have until seeding is told to prune \
      them.
      """,
    arguments: [names], options: [reparent, detach, orphan, cascade] + MutationOptions.all,
    exclusiveOptions: [[reparent, detach, orphan, cascade]],
    examples: [
      Example(
        "Remove a template and leave what builds on it without a parent",
        "everrunsctl harnesses remove generic --detach")
    ]
  ) { session in
    let request = Request(session.arguments)
    return try session.edit { definition in
      let names = Set(try definition.existingHarnesses(request.names).map(\.name))
      do throws(HarnessWithChildren) {
        try definition.removeHarnesses(names, children: request.children)
      } catch {
        throw ControlError.leavesChildren(harness: error.name, children: error.children)
      }
      // The new parent may be among the removed ones.
      if case .reparent(let parent) = request.children {
        _ = try definition.existingHarness(parent)
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
