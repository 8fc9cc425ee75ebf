public import EverrunsDocuments
import Messages

/// The problems of a platform definition beyond the shape of its document.
package enum PlatformProblem: DiagnosticProblem {
  /// The name that people see shows nothing.
  case blankName(identifier: String, noun: String)
  /// A connection provider with OAuth has a form.
  case formWithOAuth(provider: String)
  /// Capabilities depend on each other in a cycle.
  case dependencyCycle([String])
  /// Parents of harnesses form a cycle.
  case parentCycle([String])
  /// A harness names a parent that is not in the definition.
  case unknownParent(String, harness: String, known: [String])
  /// A harness uses a capability that is not registered.
  case unknownCapability(String, harness: String, known: [String])
  /// A capability depends on one that is not registered.
  case missingDependency(String, capability: String, known: [String])
  /// No harness has a role.
  case noHarnessForRole(HarnessRole)
  /// Several harnesses have the same role.
  case roleShared(HarnessRole, harnesses: [String])
  /// A harness uses a capability that is not available.
  case capabilityNotAvailable(String, CapabilityStatus, harness: String)
  /// A connection provider takes an API key that no capability uses.
  case providerWithoutCapability(String)
  /// An experimental component is registered in a grade other than `dev`.
  case experimentalInGrade(String, noun: String, Grade)
  /// The configuration of a capability contains a likely credential.
  case possibleSecret(capability: String, harness: String)
  /// A template has a previous name that is the name of another template.
  case previousNameInUse(String, harness: String)

  package var code: Diagnostic.Code {
    switch self {
    case .blankName, .formWithOAuth: .invalidDocument
    case .dependencyCycle: .dependencyCycle
    case .parentCycle: .parentCycle
    case .unknownParent: .unknownParent
    case .unknownCapability: .unknownCapability
    case .missingDependency: .missingDependency
    case .noHarnessForRole: .noHarnessForRole
    case .roleShared: .roleShared
    case .capabilityNotAvailable: .capabilityNotAvailable
    case .providerWithoutCapability: .providerWithoutCapability
    case .experimentalInGrade: .experimentalInGrade
    case .possibleSecret: .possibleSecret
    case .previousNameInUse: .previousNameInUse
    }
  }

  /// The same problem without the candidates for a suggestion.
  var withoutSuggestion: PlatformProblem {
    switch self {
    case .unknownParent(let name, let harness, _):
      .unknownParent(name, harness: harness, known: [])
    case .unknownCapability(let name, let harness, _):
      .unknownCapability(name, harness: harness, known: [])
    case .missingDependency(let name, let capability, _):
      .missingDependency(name, capability: capability, known: [])
    default: self
    }
  }

  package func message(about subject: String) -> String {
    switch self {
    case .blankName(let identifier, let noun):
      "\(subject) of the \(noun) \(identifier.quoted) is blank"
    case .formWithOAuth(let provider):
      "the provider \(provider.quoted) uses oauth and cannot have a form"
    case .dependencyCycle(let ids):
      "dependency cycle of capabilities: \(ids.joinedAsCycle)"
    case .parentCycle(let names):
      "parent cycle of harnesses: \(names.joinedAsCycle)"
    case .unknownParent(let parent, let harness, _):
      "the harness \(harness.quoted) has the parent \(parent.quoted), which is not in the definition"
    case .unknownCapability(let ref, let harness, _):
      "the harness \(harness.quoted) uses the capability \(ref.quoted), which is not registered"
    case .missingDependency(let dependency, let capability, _):
      "the capability \(capability.quoted) needs \(dependency.quoted), which is not registered"
    case .noHarnessForRole(let role):
      "no harness has the role '\(role.rawValue)'"
    case .roleShared(let role, let harnesses):
      "the role '\(role.rawValue)' is shared by \(harnesses.joinedInQuotes); \((harnesses.first ?? "").quoted) is used"
    case .capabilityNotAvailable(let ref, let status, let harness):
      "the harness \(harness.quoted) uses the capability \(ref.quoted), which is \(status.inWords)"
    case .providerWithoutCapability(let provider):
      "the provider \(provider.quoted) takes an API key that no capability uses"
    case .experimentalInGrade(let id, let noun, let grade):
      "the \(noun) \(id.quoted) is experimental, and the grade is '\(grade.rawValue)'"
    case .possibleSecret(let capability, let harness):
      "\(subject) in the config of \(capability.quoted) of the harness \(harness.quoted) looks like a credential"
    case .previousNameInUse(let name, let harness):
      "the harness \(harness.quoted) has the previous name \(name.quoted), which is the name of another harness"
    }
  }

  package var hint: String? {
    switch self {
    case .unknownParent(let name, _, let known), .unknownCapability(let name, _, let known):
      Spelling.hint(for: name, among: known)
    case .missingDependency(let name, let capability, let known):
      Spelling.hint(for: name, among: known.filter { $0 != capability })
    case .noHarnessForRole(let role):
      "give the role to a harness: \"roles\": [\"\(role.rawValue)\"]"
    case .roleShared:
      "remove the role from the others"
    case .providerWithoutCapability(let provider):
      "register a capability \(provider.quoted), or unregister the provider"
    case .formWithOAuth:
      "set \"form_schema\" to null, or \"connection_type\" to \"api_key\""
    case .experimentalInGrade:
      "experimental components are for grade 'dev'"
    case .possibleSecret:
      "definitions are stored and exported as plain text; keep credentials out of them"
    case .previousNameInUse(let name, _):
      "remove the previous name, or rename the harness \(name.quoted)"
    case .blankName: .hintForBlankName
    case .dependencyCycle, .parentCycle, .capabilityNotAvailable:
      nil
    }
  }
}

extension Diagnostic.Code {
  /// Capabilities depend on each other in a cycle.
  public static let dependencyCycle = error("dependency_cycle")
  /// Parents of harnesses form a cycle.
  public static let parentCycle = error("parent_cycle")
  /// A harness names a parent that is not in the definition.
  public static let unknownParent = warning("unknown_parent")
  /// A harness uses a capability that is not registered.
  public static let unknownCapability = warning("unknown_capability")
  /// A capability depends on one that is not registered.
  public static let missingDependency = warning("missing_dependency")
  /// No harness has a role.
  public static let noHarnessForRole = warning("no_harness_for_role")
  /// Several harnesses have the same role.
  public static let roleShared = warning("role_shared")
  /// A harness uses a capability that is not available.
  public static let capabilityNotAvailable = warning("capability_not_available")
  /// A connection provider takes an API key that no capability uses.
  public static let providerWithoutCapability = warning("provider_without_capability")
  /// An experimental component is registered in a grade other than `dev`.
  public static let experimentalInGrade = warning("experimental_in_grade")

  /// The configuration of a capability contains a likely credential.
  public static let possibleSecret = warning("possible_secret")
  /// A template has a previous name that is the name of another template.
  public static let previousNameInUse = warning("previous_name_in_use")

  /// The codes of all diagnostics of a definition, errors first.
  public static let all: [Diagnostic.Code] = [
    .invalidDocument, .invalidID, .duplicateID, .dependencyCycle, .parentCycle, .unknownParent,
    .unknownCapability, .missingDependency, .noHarnessForRole, .roleShared,
    .capabilityNotAvailable, .providerWithoutCapability, .experimentalInGrade, .possibleSecret,
    .previousNameInUse,
    .newerFormat,
  ]
}

extension Diagnostic {
  /// A diagnostic about a platform definition.
  init(_ problem: PlatformProblem, at path: DocumentPath) {
    self.init(problem: problem, at: path)
  }

  /// The same diagnostic, without a suggestion.
  var withoutSuggestion: Diagnostic {
    guard let problem = problem as? PlatformProblem else { return self }
    return Diagnostic(problem: problem.withoutSuggestion, at: path, place: place)
  }
}

extension CapabilityStatus {
  /// The status, as part of a sentence.
  var inWords: String {
    switch self {
    case .available: "available"
    case .comingSoon: "not available yet"
    case .deprecated: "deprecated"
    }
  }
}
