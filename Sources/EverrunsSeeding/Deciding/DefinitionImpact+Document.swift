import Everruns
package import EverrunsDocuments

extension DefinitionImpact {
  /// The impact as an object.
  package var document: JSONValue {
    [
      "capabilities": .array(
        capabilities.map { ["id": .string($0.id), "missing": .strings($0.missing)] }),
      "harnesses": .array(harnesses.map(\.document)),
      "seed_rows": .array(seedRows.map(\.document)),
      "agents": .array(
        agents.map {
          [
            "org": .string($0.organization), "org_name": .string($0.organizationName),
            "name": .string($0.name), "loses": .strings($0.loses),
          ]
        }),
      "diagnostics": .array(warnings.map { .object($0.document) }),
    ]
  }
}

extension DefinitionImpact.Harness {
  /// The harness as an object.
  fileprivate var document: JSONValue {
    [
      "name": .string(change.name), "op": .string(change.operation.rawValue),
      "inherited": .bool(change.isInherited), "gains": .strings(change.gains),
      "loses": .strings(change.loses), "reconfigures": .strings(change.reconfigures),
      "parent_prompts": [
        "gains": .strings(change.gainsPromptsOf), "loses": .strings(change.losesPromptsOf),
        "changes": .strings(change.changesPromptsOf),
      ], "notes": .array(notes.map(\.document)), "organizations": organizations.documentOfPresent,
    ]
  }
}

extension DefinitionImpact.SeedRow {
  /// The row as an object.
  fileprivate var document: JSONValue {
    var object: JSONObject = [
      "address": .string(address.description), "before": .optional(before?.rawValue),
      "after": .optional(after?.action.rawValue), "reason": after?.document ?? .null,
    ]
    if let organizations { object["orgs"] = .integer(organizations) }
    if exists == true { object["exists"] = true }
    return .object(object)
  }
}

extension SeedSummary {
  /// The number of rows with each action, without zeros.
  fileprivate var documentOfPresent: JSONValue {
    .object(
      JSONObject(
        SeedAction.allCases.filter { self[$0] > 0 }.map {
          .init(key: $0.rawValue, value: .integer(self[$0]))
        }))
  }
}
