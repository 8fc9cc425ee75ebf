import Wording

extension Diagnostic {
  /// The finding as one sentence, without a place and without a full stop.
  public var message: String {
    switch problem {
    case .syntax(let error):
      error.message
    case .wrongType(let expected, let found):
      "\(subject) must be \(expected), not \(found)"
    case .missingKey(let key, let noun):
      "the \(noun) has no '\(key)'"
    case .unknownKey(let key, let noun, _):
      "a \(noun) has no key \(key.quoted)"
    case .invalidChoice(let text, let choices):
      "\(subject) must be \(choices.joinedAsAlternatives), not \(text.quoted)"
    case .missingFormat(let version):
      "the document does not say that it is '\(version)'"
    case .unsupportedFormat(let value, let supported):
      "the format \(value.quotedForMessage) is not one this version reads, which is '\(supported)'"
    case .invalidID(let text, let grammar):
      "\(text.quoted) is not a valid \(grammar.noun)"
    case .duplicateID(let identifier, let noun):
      "the \(noun) \(identifier.quoted) is there twice"
    case .invalidPointer(let text):
      "\(text.quoted) is not a JSON pointer"
    case .formWithOAuth(let provider):
      "the provider \(provider.quoted) connects by oauth and cannot have a form"
    case .unknownReference(let id, let noun):
      "the catalog has no \(noun) \(id.quoted)"
    case .reservedOrganization(let number):
      "the default organization has the number 1, not \(number)"
    case .credential:
      "credentials are never stored, so \(subject) must be null"
    case .dependencyCycle(let ids):
      "the capabilities \(ids.joinedAsCycle) depend on each other in a circle"
    case .parentCycle(let names):
      "the harnesses \(names.joinedAsCycle) are each other's parents in a circle"
    case .unknownParent(let parent, let harness, _):
      "the harness \(harness.quoted) builds on \(parent.quoted), which is not there"
    case .unknownCapability(let ref, let harness, _):
      "the harness \(harness.quoted) uses the capability \(ref.quoted), which is not registered"
    case .missingDependency(let dependency, let capability, _):
      "the capability \(capability.quoted) needs \(dependency.quoted), which is not registered"
    case .noHarnessForRole(let role):
      "no harness has the role '\(role.rawValue)'"
    case .roleShared(let role, let harnesses):
      "the role '\(role.rawValue)' belongs to \(harnesses.joinedInQuotes); \((harnesses.first ?? "").quoted) plays it"
    case .capabilityNotAvailable(let ref, let status, let harness):
      "the harness \(harness.quoted) uses the capability \(ref.quoted), which is \(status.inWords)"
    case .providerWithoutCapability(let provider):
      "the provider \(provider.quoted) takes an API key that no capability uses"
    case .experimentalInGrade(let id, let noun, let grade):
      "the \(noun) \(id.quoted) is experimental and the grade is '\(grade.rawValue)'"
    case .newerFormat(let version, let known):
      "the document is of the newer format '\(version)'; this version knows '\(known)'"
    case .unknownKeyOfNewerFormat(let key, let version):
      "the key \(key.quoted) of '\(version)' is passed over"
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch problem {
    case .syntax(let error):
      error.hint
    case .unknownKey(let key, _, let known):
      Spelling.hint(for: key, among: known) ?? "the keys are \(known.joined(separator: ", "))"
    case .invalidChoice(let text, let choices):
      Spelling.hint(for: text, among: choices)
    case .missingFormat(let version):
      "add \"format\": \"\(version)\""
    case .unsupportedFormat(let value, let supported):
      if case .string(let text) = value, supported.isOlder(than: text) {
        "a newer version of the program may read it"
      } else {
        "write \"format\": \"\(supported)\""
      }
    case .invalidID(_, let grammar):
      grammar.hint
    case .invalidPointer:
      "a pointer begins with '/', and '~' in a key is written '~0', '/' is written '~1'"
    case .unknownParent(let name, _, let known), .unknownCapability(let name, _, let known),
      .missingDependency(let name, _, let known):
      Spelling.hint(for: name, among: known)
    case .noHarnessForRole(let role):
      "give the role to a harness: \"roles\": [\"\(role.rawValue)\"]"
    case .roleShared:
      "take the role from the others"
    case .providerWithoutCapability(let provider):
      "register a capability \(provider.quoted), or unregister the provider"
    case .formWithOAuth:
      "set \"form_schema\" to null, or \"connection_type\" to \"api_key\""
    case .experimentalInGrade:
      "experimental components are meant for the grade 'dev'"
    case .unknownReference, .reservedOrganization, .credential, .wrongType, .missingKey,
      .duplicateID, .dependencyCycle, .parentCycle,
      .capabilityNotAvailable, .newerFormat, .unknownKeyOfNewerFormat:
      nil
    }
  }

  /// The finding as an object, without a place in a text.
  public var document: JSONObject {
    [
      "severity": .string(severity.rawValue), "code": .string(code.rawValue),
      "path": .string(path.description), "message": .string(message), "hint": .optional(hint),
    ]
  }

  /// What the path leads to, as a sentence calls it.
  private var subject: String {
    switch path.steps.last {
    case .key(let key): key.quoted
    case .index(let index): "element \(index) of '\(containerName)'"
    case nil: "the document"
    }
  }

  private var containerName: String {
    for step in path.steps.reversed() {
      if case .key(let key) = step { return key.escapedForMessage }
    }
    return "the document"
  }
}

extension CapabilityStatus {
  /// The status as it reads in a sentence.
  var inWords: String {
    switch self {
    case .available: "available"
    case .comingSoon: "not available yet"
    case .deprecated: "deprecated"
    }
  }
}

extension JSONValue {
  /// A value that somebody wrote, quoted where it is a text.
  fileprivate var quotedForMessage: String {
    if case .string(let text) = self { return text.quoted }
    return canonicalJSON
  }
}

extension [String] {
  /// `'a', 'b' or 'c'`.
  fileprivate var joinedAsAlternatives: String { map(\.quoted).joined(asListWith: "or") }
}
