import CommandLineTree
import Everruns

/// `harnesses show`.
enum HarnessesShow {
  private static let name = Operand("NAME", .dynamic("harness"), summary: "The harness template")
  private static let effective = Flag(
    "effective", summary: "Merge the templates it builds on, and resolve its capabilities")

  static let command = Command<ControlAction>(
    "show", summary: "Show a harness template", operands: [name], options: [effective],
    examples: [
      Example(
        "Show what a harness comes to with its parents",
        "everrunsctl harnesses show platform-chat --effective")
    ], exitCodes: [.failure]
  ) { session in
    let definition = try session.platform().definition
    let harness = try HarnessesCommands.find(session.arguments[name], in: definition)
    var object = harness.document
    if session.arguments[effective] {
      let merged = try definition.effective(harness)
      object["system_prompt"] = .string(merged.systemPrompt)
      object["capabilities"] = .capabilities(merged.capabilities)
      object["lineage"] = .strings(merged.lineage)
      for member in merged.resolution.members.members {
        object[member.key] = member.value
      }
    }
    try session.write(
      json: .object(object), text: ObjectText.text(object, style: session.style))
    return .success
  }
}

extension DependencyResolution {
  /// The resolution's members, to stand in another object.
  fileprivate var members: JSONObject {
    if case .object(let object) = document { object } else { [:] }
  }
}
