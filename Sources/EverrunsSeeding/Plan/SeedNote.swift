public import Everruns
import Messages

/// Something worth knowing about a row of a plan, beside its reason.
public enum SeedNote: Sendable, Hashable {
  case parentUnknown(String)
  case parentBlocked(String)
  case capabilitiesDropped([String])
  case seedIDTaken(String)
  case roleMoved(HarnessRole, to: String)
  case settingDangling(String)
  case existsWithoutPrerequisite

  /// The stable code that programs match.
  public enum Code: String, CaseIterable, Sendable {
    case parentUnknown = "parent_unknown"
    case parentBlocked = "parent_blocked"
    case capabilitiesDropped = "capabilities_dropped"
    case seedIDTaken = "seed_id_taken"
    case roleMoved = "role_moved"
    case settingDangling = "setting_dangling"
    case existsWithoutPrerequisite = "exists_without_prerequisite"
  }

  /// The stable code that programs match.
  public var code: Code {
    switch self {
    case .parentUnknown: .parentUnknown
    case .parentBlocked: .parentBlocked
    case .capabilitiesDropped: .capabilitiesDropped
    case .seedIDTaken: .seedIDTaken
    case .roleMoved: .roleMoved
    case .settingDangling: .settingDangling
    case .existsWithoutPrerequisite: .existsWithoutPrerequisite
    }
  }

  /// The note as one sentence.
  public var message: String {
    switch self {
    case .parentUnknown(let parent):
      "without a parent: '\(parent)' is not in the definition"
    case .parentBlocked(let parent):
      "without a parent: '\(parent)' is the organization's own harness"
    case .capabilitiesDropped(let ids):
      "without \(ids.joinedInQuotes): not registered"
    case .seedIDTaken(let id):
      "gets another id: '\(id)' is taken"
    case .roleMoved(let role, let harness):
      "the role '\(role.rawValue)' has moved to '\(harness)'"
    case .settingDangling(let id):
      "the setting named '\(id)', which is not there"
    case .existsWithoutPrerequisite:
      "the row is in the store all the same"
    }
  }
}
