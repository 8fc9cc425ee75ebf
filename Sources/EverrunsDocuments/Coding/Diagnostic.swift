/// Something found in a platform definition that is wrong or remarkable.
public struct Diagnostic: Sendable, Equatable {
  /// How bad a finding is.
  public enum Severity: String, Sendable {
    /// The document cannot be used.
    case error
    /// The document can be used, and somebody should know.
    case warning
  }

  /// What was found, with what a sentence about it needs.
  public let problem: Problem
  /// Where it stands in the document.
  public let path: DocumentPath
  /// Where it stands in the text, for documents that came from one.
  public let place: SourcePlace?

  /// A finding at a place.
  public init(_ problem: Problem, at path: DocumentPath, place: SourcePlace? = nil) {
    self.problem = problem
    self.path = path
    self.place = place
  }

  /// The stable code that programs match.
  public var code: Code { problem.code }
  /// How bad it is.
  public var severity: Severity { code.severity }
}

extension Diagnostic {
  /// The codes of all findings there are.
  public enum Code: String, CaseIterable, Sendable {
    case invalidDocument = "invalid_document"
    case invalidID = "invalid_id"
    case duplicateID = "duplicate_id"
    case dependencyCycle = "dependency_cycle"
    case parentCycle = "parent_cycle"
    case unknownParent = "unknown_parent"
    case unknownCapability = "unknown_capability"
    case missingDependency = "missing_dependency"
    case noHarnessForRole = "no_harness_for_role"
    case roleShared = "role_shared"
    case capabilityNotAvailable = "capability_not_available"
    case providerWithoutCapability = "provider_without_capability"
    case experimentalInGrade = "experimental_in_grade"
    case newerFormat = "newer_format"

    /// Whether a document with such a finding is refused.
    public var severity: Severity {
      switch self {
      case .invalidDocument, .invalidID, .duplicateID, .dependencyCycle, .parentCycle: .error
      case .unknownParent, .unknownCapability, .missingDependency, .noHarnessForRole, .roleShared,
        .capabilityNotAvailable, .providerWithoutCapability, .experimentalInGrade, .newerFormat:
        .warning
      }
    }
  }

  /// What was found, with the data that a sentence about it needs.
  public enum Problem: Sendable, Equatable {
    case syntax(DocumentSyntaxError)
    case wrongType(expected: String, found: String)
    case missingKey(String, noun: String)
    case unknownKey(String, noun: String, known: [String])
    case invalidChoice(String, choices: [String])
    case missingFormat(FormatVersion)
    case unsupportedFormat(JSONValue, supported: FormatVersion)
    case invalidID(String, IdentifierGrammar)
    case duplicateID(String, noun: String)
    case invalidPointer(String)
    case formWithOAuth(provider: String)
    case unknownReference(String, noun: String)
    case reservedOrganization(Int)
    case credential
    case dependencyCycle([String])
    case parentCycle([String])
    case unknownParent(String, harness: String, known: [String])
    case unknownCapability(String, harness: String, known: [String])
    case missingDependency(String, capability: String, known: [String])
    case noHarnessForRole(HarnessRole)
    case roleShared(HarnessRole, harnesses: [String])
    case capabilityNotAvailable(String, CapabilityStatus, harness: String)
    case providerWithoutCapability(String)
    case experimentalInGrade(String, noun: String, Grade)
    case newerFormat(FormatVersion, known: FormatVersion)
    case unknownKeyOfNewerFormat(String, FormatVersion)

    /// The code under which the problem is reported.
    var code: Code {
      switch self {
      case .syntax, .wrongType, .missingKey, .unknownKey, .invalidChoice, .missingFormat,
        .unsupportedFormat, .formWithOAuth, .unknownReference, .reservedOrganization, .credential,
        .invalidPointer:
        .invalidDocument
      case .invalidID: .invalidID
      case .duplicateID: .duplicateID
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
      case .newerFormat, .unknownKeyOfNewerFormat: .newerFormat
      }
    }
  }
}
