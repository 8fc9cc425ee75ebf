import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `harnesses show`.
enum HarnessesShow {
  private static let names = Argument.list(
    "NAME", .dynamic("harness"), summary: "The harness templates")
  private static let effective = Option.flag(
    "effective",
    summary: "Merge each with the templates it inherits from, and resolve its capabilities")

  static let command = Command<ControlAction>(
    "show", summary: "Show one or more harness templates",
    discussion: """
      With one name, JSON is an object; with several, an array. -v also shows which templates inherit from it.
      """, arguments: [names],
    options: [effective],
    examples: [
      Example(
        "Show a harness merged with its parents",
        "everrunsctl harnesses show platform-chat --effective")
    ]
  ) { session in
    let definition = try session.platform().definition
    let harnesses = try definition.existingHarnesses(
      session.arguments[names], next: session.listing("harnesses"))
    let objects = try harnesses.map { harness in
      var object = try object(harness, in: definition, isEffective: session.arguments[effective])
      if session.isVerboseText {
        let children = definition.builtInHarnesses.filter { $0.parent == harness.name }
        object["inherited_by"] = .strings(children.map(\.name))
      }
      return object
    }
    try session.writeObjects(objects)
    return .success
  }

  /// The key of the names of the templates that a template is merged from, parents first.
  static let lineage = "lineage"

  /// The keys that `--effective` adds, and `harnesses add` ignores.
  static let derivedKeys = [lineage, "resolved", "added", "unknown", "features", "max_risk"]

  private static func object(
    _ harness: BuiltInHarness, in definition: PlatformDefinition, isEffective: Bool
  ) throws -> JSONObject {
    var object = harness.document
    if isEffective {
      let merged = definition.effective(harness)
      object["system_prompt"] = .string(merged.systemPrompt)
      object["capabilities"] = .capabilities(merged.capabilities)
      object[lineage] = .strings(merged.lineage)
      object.merge(try merged.resolution.get().document)
    }
    return object
  }
}
