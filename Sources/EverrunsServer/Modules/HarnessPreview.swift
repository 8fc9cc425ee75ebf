import Everruns
import EverrunsDocuments

/// The prompts, capabilities and tools of an organization's harness, including inherited ones.
struct HarnessPreview {
  private let effective: EffectiveHarness
  private let definition: PlatformDefinition

  /// - Parameters:
  ///   - record: The row of the harness.
  ///   - records: The rows of all harnesses of its organization.
  ///   - definition: The platform, which has the capabilities.
  init(_ record: JSONObject, among records: [JSONObject], of definition: PlatformDefinition) {
    self.definition = definition
    var names: [String: String] = [:]
    for record in records { names[record.text("id") ?? ""] = record.text("name") }
    var organization = PlatformDefinition(capabilities: definition.capabilities)
    organization.builtInHarnesses = records.map { BuiltInHarness(row: $0, namesByID: names) }
    effective = organization.effective(BuiltInHarness(row: record, namesByID: names))
  }

  /// The preview as an object.
  var document: JSONObject {
    let ids = (try? effective.resolution.get().resolved) ?? []
    let tools = ids.compactMap { definition.capabilities[$0]?.tools }.joined()
    return [
      "lineage": .strings(effective.lineage), "system_prompt": .string(effective.systemPrompt),
      "capabilities": .array(effective.capabilities.map(CapabilityUse.coding.encode)),
      "resolved_capabilities": .strings(ids), "tools": .strings(tools),
    ]
  }

  /// The shape of ``document``.
  static let shape = DocumentSchema.object(
    "harness preview",
    [
      ("lineage", .list(.text)), ("system_prompt", .text), ("capabilities", .list(.anyObject)),
      ("resolved_capabilities", .list(.text)), ("tools", .list(.text)),
    ])
}

extension BuiltInHarness {
  /// The harness in a row, without values that cannot be read.
  fileprivate init(row: JSONObject, namesByID names: [String: String]) {
    self.init(
      name: row.text("name") ?? "", displayName: row.text("display_name") ?? "",
      systemPrompt: row.text("system_prompt") ?? "",
      parent: row.text("parent_harness_id").flatMap { names[$0] },
      capabilities: row.objects("capabilities").compactMap { use in
        use.text("ref").map { CapabilityUse($0, config: use.object("config") ?? [:]) }
      })
  }
}
