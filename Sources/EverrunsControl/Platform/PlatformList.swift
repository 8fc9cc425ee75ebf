import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform list`.
enum PlatformList {
  /// A line of the list.
  private struct Entry: Listed {
    let name: String
    let revision: Int?
    let revisions: Int?
    let isActive: Bool
    /// The content; `nil` for a saved definition that cannot be read.
    let definition: PlatformDefinition?

    var listName: String { name }

    var document: JSONObject {
      var object: JSONObject = [
        "name": .string(name), "kind": revision == nil ? "preset" : "saved",
        "revision": revision.map(JSONValue.integer) ?? .null,
        "revisions": revisions.map(JSONValue.integer) ?? .null, "active": .bool(isActive),
        "fingerprint": .optional(definition?.fingerprint.description),
      ]
      for member in (definition ?? .empty).counts.members {
        object[member.key] = definition == nil ? .null : member.value
      }
      return object
    }
  }

  private static let columns: [Column<Entry>] = [
    Column("name"), Column("kind"), Column("revision", title: "rev"),
    Column("active") { $0.isActive ? "*" : "" }, Column("capabilities", title: "caps"),
    Column("drivers"), Column("connection_providers", title: "providers"),
    Column("built_in_harnesses", title: "harnesses"),
    Column("fingerprint", visibility: .verbose) { $0.definition?.fingerprint.short ?? "damaged" },
    Column("revisions", visibility: .named),
  ]

  static let command = Command<ControlAction>(
    "list", summary: "List the presets and the saved definitions",
    examples: [
      Example("List the names that -p accepts", "everrunsctl platform list -o name")
    ],
    formats: .list, columns: .of(columns)
  ) { session in
    let grade = try session.grade()
    let active = PlatformReference(
      try session.platformReference(session.namedPlatform).reference,
      presets: session.program.presets.map(\.name))
    let presets = session.program.presets.map { preset in
      Entry(
        name: preset.name, revision: nil, revisions: nil,
        isActive: active == .preset(preset.name),
        definition: preset.definition(grade: grade))
    }
    let store = try session.storeForReading()
    let saved = try (store?.platforms() ?? []).map { platform in
      Entry(
        name: platform.name, revision: platform.latestRevision, revisions: platform.revisionCount,
        isActive: active?.savedName == platform.name,
        definition: try store?.readableDefinition(platform.name))
    }
    try session.writeList(presets + saved, columns: columns, ifEmpty: .titles)
    return .success
  }
}
