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
      "own_harnesses": .array(
        ownHarnesses.map { harness in
          var object = harness.organization.rowDocument(named: harness.name)
          object.merge(harness.change.effects)
          return .object(object)
        }),
      "agents": .array(
        agents.map { agent in
          var object = agent.organization.rowDocument(named: agent.name)
          object["loses"] = .strings(agent.loses)
          return .object(object)
        }),
      "diagnostics": .array(warnings.map { .object($0.document) }),
    ]
  }
}

extension DefinitionImpact.Harness {
  /// The harness as an object.
  fileprivate var document: JSONValue {
    var object: JSONObject = [
      "name": .string(change.name), "op": .string(change.operation.rawValue),
      "inherited": .bool(change.isInherited),
    ]
    object.merge(change.effects)
    object["notes"] = .array(notes.map(\.document))
    object["organizations"] = organizations.documentOfPresent
    object["overwrites"] = .integer(organizations.overwrites)
    return .object(object)
  }
}

extension EffectiveHarnessChange {
  /// What a harness gains and loses.
  fileprivate var effects: JSONObject {
    [
      "gains": .strings(gains), "loses": .strings(loses), "reconfigures": .strings(reconfigures),
      "parent_prompts": [
        "gains": .strings(gainsPromptsOf), "loses": .strings(losesPromptsOf),
        "changes": .strings(changesPromptsOf),
      ],
    ]
  }
}

extension NamedOrganization {
  /// The beginning of an object for a row of the organization.
  fileprivate func rowDocument(named rowName: String) -> JSONObject {
    ["org": .string(publicID), "org_name": .string(name), "name": .string(rowName)]
  }
}

extension DefinitionImpact.SeedRow {
  /// The row as an object.
  fileprivate var document: JSONValue {
    var object: JSONObject = [
      "address": .string(address.description), "before": .optional(before?.rawValue),
      "after": .optional(after?.action.rawValue), "reason": after?.document ?? .null,
    ]
    if let organizations {
      object["orgs"] = .integer(organizations)
      object["examples"] = .array(examples.map(\.document))
    } else if let organization = examples.first {
      object["org_name"] = .string(organization.name)
    }
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
