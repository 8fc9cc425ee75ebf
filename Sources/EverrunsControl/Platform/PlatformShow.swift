import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform show`.
enum PlatformShow {
  static let command = Command<ControlAction>(
    "show", summary: "Summarize a platform definition",
    discussion: "-v lists the components instead of counting them.",
    arguments: [PlatformCommands.reference],
    examples: [
      Example("Show the definition of workers", "everrunsctl platform show worker")
    ]
  ) { session in
    let platform = try session.platform(try session.reference(PlatformCommands.reference))
    let definition = platform.definition
    var object: JSONObject = [
      "platform": .string(platform.reference),
      "revision": platform.revision.map(JSONValue.integer) ?? .null,
      "grade": .string(try session.grade().rawValue),
      "fingerprint": .string(definition.fingerprint.description),
    ]
    for member in definition.counts.members {
      object[member.key] = member.value
    }
    object["roles"] = .object(
      JSONObject(
        HarnessRole.allCases.map { role in
          JSONObject.Member(
            key: role.rawValue, value: .optional(definition.harness(for: role)?.name))
        }))
    if case .saved = platform.target {
      object["origin"] =
        try session.origin(ofCopyFrom: platform).map { origin in
          [
            "preset": .optional(origin.preset), "grade": .optional(origin.grade?.rawValue),
            "fingerprint": .string(origin.definition.fingerprint.description),
          ]
        } ?? .null
    }
    let findings = platform.warnings
    var shown = object
    if session.isVerbose {
      for member in definition.names.members { shown[member.key] = member.value }
    }
    try session.write(
      json: {
        object["diagnostics"] = .array(
          findings.map { .object($0.document(source: platform.source)) })
        return .object(object)
      }(),
      text: ObjectText.text(shown, style: session.style)
        + (findings.isEmpty ? "" : "\n")
        + findings.flatMap { $0.lines(in: platform.source, style: session.style) }
        .map { $0 + "\n" }.joined())
    return .success
  }
}
