extension SeedPlan {
  /// The plan as a document of the format `everruns.seed-plan/v1`.
  public var document: JSONValue {
    var document: JSONObject = [
      "format": .string(FormatVersion.seedPlan.description),
      "platform": [
        "ref": .string(header.platform.ref),
        "revision": header.platformRevision.map(JSONValue.integer) ?? .null,
        "fingerprint": .string(header.platform.fingerprint.description),
      ],
      "store": ["id": .optional(header.store.id), "serial": .integer(header.store.serial)],
    ]
    for member in decided.members {
      document[member.key] = member.value
    }
    document["rows"] = .array(rows.map(\.document))
    document["summary"] = summaryDocument
    document["token"] = .string(token)
    return .object(document)
  }

  /// What the rows were decided by, beside the definition and the store.
  private var decided: JSONObject {
    [
      "grade": .string(header.grade.rawValue),
      "catalog": [
        "ref": .string(header.catalog.ref),
        "fingerprint": .string(header.catalog.fingerprint.description),
      ],
      "options": .object(SeedOptions.coding.encode(header.options)),
      "rules": .integer(Self.rulesVersion),
    ]
  }

  private var summaryDocument: JSONValue {
    let counts = summary
    return .object(
      JSONObject(
        SeedAction.allCases.map {
          JSONObject.Member(key: $0.rawValue, value: .integer(counts[$0] ?? 0))
        }))
  }

  /// A short text that changes when the plan does: a hash of everything that decides it and of
  /// its rows, but for the ids of rows that are yet to be made.
  public var token: String {
    // How platform and catalog were referred to decides nothing.
    var decided = decided
    decided["catalog"] = .string(header.catalog.fingerprint.description)
    let content: JSONValue = [
      "platform": .string(header.platform.fingerprint.description),
      "decided": .object(decided),
      "rows": .array(
        rows.map { row in
          guard row.action == .create, case .object(var object) = row.document else {
            return row.document
          }
          object["id"] = nil
          return .object(object)
        }),
    ]
    return String(Fingerprint(of: content).description.dropFirst("sha256:".count).prefix(16))
  }
}

extension SeedPlanRow {
  /// The row as an object.
  public var document: JSONValue {
    var object: JSONObject = [
      "address": .string(address.description),
      "kind": .string(address.kind.rawValue),
      "name": .string(name),
      "id": .optional(id),
      "org": .optional(organization),
    ]
    if let organizations {
      object["orgs"] = .integer(organizations)
    }
    object["action"] = .string(action.rawValue)
    object["reason"] = reason.document
    object["notes"] = .array(notes.map(\.document))
    if let exists {
      object["exists"] = .bool(exists)
    }
    if action == .update {
      object["changes"] = .array(changes.map(\.document))
    }
    return .object(object)
  }
}

extension SeedReason {
  /// The reason as an object.
  var document: JSONValue { ["code": .string(code.rawValue), "message": .string(message)] }
}

extension SeedNote {
  /// The note as an object.
  var document: JSONValue { ["code": .string(code.rawValue), "message": .string(message)] }
}
