import Everruns
package import EverrunsDocuments

extension SeedPlanRow {
  /// The row as a store keeps it: a value from which an equal row can be made, which the document
  /// of a plan is not, since it holds sentences.
  package var stored: JSONValue {
    [
      .array(address.stored), .string(name), .optional(id), .optional(organization),
      organizations.map(JSONValue.integer) ?? .null, .array(reason.stored),
      .array(notes.map { .array($0.stored) }), exists.map(JSONValue.bool) ?? .null,
      .array(changes.map { [.string($0.field), $0.before, $0.after] }),
    ]
  }

  /// The row that a store kept; `nil` where the value is none.
  package init?(stored: JSONValue) {
    guard case .array(let parts) = stored, parts.count == 9,
      let address = SeedAddress(stored: parts[0].elements), let name = parts[1].text,
      let reason = SeedReason(stored: parts[5].elements),
      case .array(let notes) = parts[6], case .array(let changes) = parts[8]
    else { return nil }
    let readNotes = notes.compactMap { SeedNote(stored: $0.elements) }
    let readChanges = changes.compactMap { change -> FieldChange? in
      let parts = change.elements
      guard parts.count == 3, let field = parts[0].text else { return nil }
      return FieldChange(field: field, before: parts[1], after: parts[2])
    }
    guard readNotes.count == notes.count, readChanges.count == changes.count else { return nil }
    self.init(
      address: address, name: name, id: parts[2].text, organization: parts[3].text,
      organizations: parts[4].whole, reason: reason, notes: readNotes,
      exists: parts[7] == .null ? nil : parts[7] == true, changes: readChanges)
  }
}

extension SeedAddress {
  /// The scope, the kind and the names; the text of an address may be another one's where an
  /// organization has a strange id.
  fileprivate var stored: [JSONValue] {
    let scope: JSONValue =
      switch scope {
      case .defaultOrganization: .null
      case .organization(let publicID): .string(publicID)
      case .folded: true
      }
    return [scope, .string(kind.rawValue)] + names.map(JSONValue.string)
  }

  fileprivate init?(stored: [JSONValue]) {
    guard stored.count > 2, let kind = stored[1].text.flatMap(RecordKind.init) else { return nil }
    let scope: Scope =
      stored[0].text.map(Scope.organization)
      ?? (stored[0] == true ? .folded : .defaultOrganization)
    self.init(kind, stored.dropFirst(2).compactMap(\.text), in: scope)
  }
}

extension SeedReason {
  /// The code, and what the case holds.
  fileprivate var stored: [JSONValue] {
    [.string(code.rawValue)] + details
  }

  private var details: [JSONValue] {
    switch self {
    case .missing(let value): [.optional(value)]
    case .definitionChanged(let texts), .overwritesLocalEdit(let texts), .keptLocalEdit(let texts),
      .mcpServerMissing(let texts), .capabilityNotRegistered(let texts):
      texts.map(JSONValue.string)
    case .keptOrganizationChoice(let text), .inUse(let text), .driverNotRegistered(let text),
      .providerSkipped(let text), .defaultModelSkipped(let text),
      .nameOwnedByOrganization(let text):
      [.string(text)]
    case .devOnly(let grade): [.string(grade.rawValue)]
    case .noHarnessForRole(let role, let harness): [.string(role.rawValue), .optional(harness)]
    case .pruned(let prune): [.string(prune.rawValue)]
    case .matches, .orphaned, .ownHarnessAccepted, .archived, .authMode, .removedLocally: []
    }
  }

  fileprivate init?(stored: [JSONValue]) {
    // To make one of its raw value, the language makes a table of all: more than a few rows need.
    guard let word = stored.first?.text,
      let code = Code.allCases.first(where: { $0.rawValue == word })
    else { return nil }
    let details = stored.dropFirst()
    let texts = details.compactMap(\.text)
    let text = texts.first ?? ""
    switch code {
    case .missing: self = .missing(becomes: texts.first)
    case .definitionChanged: self = .definitionChanged(fields: texts)
    case .overwritesLocalEdit: self = .overwritesLocalEdit(fields: texts)
    case .matches: self = .matches
    case .keptLocalEdit: self = .keptLocalEdit(fields: texts)
    case .keptOrganizationChoice: self = .keptOrganizationChoice(chosen: text)
    case .orphaned: self = .orphaned
    case .ownHarnessAccepted: self = .ownHarnessAccepted
    case .inUse: self = .inUse(by: text)
    case .archived: self = .archived
    case .authMode: self = .authMode
    case .devOnly:
      guard let grade = Grade(word: text) else { return nil }
      self = .devOnly(grade)
    case .driverNotRegistered: self = .driverNotRegistered(providerType: text)
    case .providerSkipped: self = .providerSkipped(text)
    case .mcpServerMissing: self = .mcpServerMissing(texts)
    case .capabilityNotRegistered: self = .capabilityNotRegistered(texts)
    case .defaultModelSkipped: self = .defaultModelSkipped(text)
    case .noHarnessForRole:
      guard let role = HarnessRole(rawValue: text) else { return nil }
      self = .noHarnessForRole(role, blocked: texts.count > 1 ? texts[1] : nil)
    case .removedLocally: self = .removedLocally
    case .pruned:
      guard let prune = SeedOptions.Prune(rawValue: text) else { return nil }
      self = .pruned(prune)
    case .nameOwnedByOrganization: self = .nameOwnedByOrganization(text)
    }
  }
}

extension SeedNote {
  /// The code, and what the case holds.
  fileprivate var stored: [JSONValue] {
    [.string(code.rawValue)] + details
  }

  private var details: [JSONValue] {
    switch self {
    case .parentUnknown(let text), .parentBlocked(let text), .seedIDTaken(let text),
      .settingDangling(let text):
      [.string(text)]
    case .capabilitiesDropped(let ids): ids.map(JSONValue.string)
    case .roleMoved(let role, let harness): [.string(role.rawValue), .string(harness)]
    case .existsWithoutPrerequisite: []
    }
  }

  fileprivate init?(stored: [JSONValue]) {
    guard let code = stored.first?.text.flatMap(Code.init) else { return nil }
    let texts = stored.dropFirst().compactMap(\.text)
    let text = texts.first ?? ""
    switch code {
    case .parentUnknown: self = .parentUnknown(text)
    case .parentBlocked: self = .parentBlocked(text)
    case .capabilitiesDropped: self = .capabilitiesDropped(texts)
    case .seedIDTaken: self = .seedIDTaken(text)
    case .roleMoved:
      guard let role = HarnessRole(rawValue: text), texts.count == 2 else { return nil }
      self = .roleMoved(role, to: texts[1])
    case .settingDangling: self = .settingDangling(text)
    case .existsWithoutPrerequisite: self = .existsWithoutPrerequisite
    }
  }
}

extension JSONValue {
  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var whole: Int? {
    if case .number(let number) = self { number.integer } else { nil }
  }

  fileprivate var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
