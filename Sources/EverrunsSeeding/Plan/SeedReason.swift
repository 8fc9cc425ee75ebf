public import Everruns
import Messages

/// Why a row of a plan has its action, with what a sentence about it needs.
public enum SeedReason: Sendable, Hashable {
  case missing(becomes: String?)
  case definitionChanged(fields: [String])
  case overwritesLocalEdit(fields: [String])
  case matches
  case keptLocalEdit(fields: [String])
  case keptOrganizationChoice(chosen: String)
  case orphaned
  case ownHarnessAccepted
  case inUse(by: String)
  case archived
  case authMode
  case devOnly(Grade)
  case driverNotRegistered(providerType: String)
  case providerSkipped(String)
  case mcpServerMissing([String])
  case capabilityNotRegistered([String])
  case defaultModelSkipped(String)
  case noHarnessForRole(HarnessRole, blocked: String?)
  case removedLocally
  case pruned(SeedOptions.Prune)
  case nameOwnedByOrganization(String)

  /// The stable code that programs match.
  public enum Code: String, CaseIterable, Sendable {
    case missing
    case definitionChanged = "definition_changed"
    case overwritesLocalEdit = "overwrites_local_edit"
    case matches
    case keptLocalEdit = "kept_local_edit"
    case keptOrganizationChoice = "kept_org_choice"
    case orphaned
    case ownHarnessAccepted = "own_harness_accepted"
    case inUse = "in_use"
    case archived
    case authMode = "auth_mode"
    case devOnly = "dev_only"
    case driverNotRegistered = "driver_not_registered"
    case providerSkipped = "provider_skipped"
    case mcpServerMissing = "mcp_server_missing"
    case capabilityNotRegistered = "capability_not_registered"
    case defaultModelSkipped = "default_model_skipped"
    case noHarnessForRole = "no_harness_for_role"
    case removedLocally = "removed_locally"
    case pruned
    case nameOwnedByOrganization = "name_owned_by_org"

    /// The actions that rows with this reason have: one, but for what is pruned.
    public var actions: [SeedAction] {
      switch self {
      case .missing: [.create]
      case .definitionChanged, .overwritesLocalEdit: [.update]
      case .matches: [.unchanged]
      case .keptLocalEdit, .keptOrganizationChoice, .orphaned, .ownHarnessAccepted, .inUse,
        .archived:
        [.keep]
      case .authMode, .devOnly, .driverNotRegistered, .providerSkipped, .mcpServerMissing,
        .capabilityNotRegistered, .defaultModelSkipped, .noHarnessForRole, .removedLocally:
        [.skip]
      case .pruned: [.release, .delete]
      case .nameOwnedByOrganization: [.blocked]
      }
    }

    /// What the code means, in half a sentence.
    public var summary: String {
      switch self {
      case .missing: "the row is not in the store"
      case .definitionChanged: "the definition or the catalog changed, and nobody edited the row"
      case .overwritesLocalEdit: "somebody edited the row, and the definition wins"
      case .matches: "the row is as it should be"
      case .keptLocalEdit: "somebody edited the row, and it stays as it is"
      case .keptOrganizationChoice: "the organization chose another value, and it stays"
      case .orphaned: "a built-in harness that the definition no longer has"
      case .ownHarnessAccepted: "the organization's own harness of that name stays"
      case .inUse: "not pruned: another row or a setting names the harness"
      case .archived: "the row was archived and stays so"
      case .authMode: "the server makes this user itself"
      case .devOnly: "the row is for the grade dev"
      case .driverNotRegistered: "the platform has no driver of this provider type"
      case .providerSkipped: "the row's LLM provider is not seeded"
      case .mcpServerMissing: "an MCP server that the agent uses is not there"
      case .capabilityNotRegistered: "a capability that the agent needs is not registered"
      case .defaultModelSkipped: "the model to be the default is not there"
      case .noHarnessForRole: "no harness can take the setting's role"
      case .removedLocally: "the row was seeded once, and somebody removed it"
      case .pruned: "a built-in harness that the definition no longer has goes"
      case .nameOwnedByOrganization: "the organization has a harness of its own of that name"
      }
    }
  }

  /// The stable code that programs match.
  public var code: Code {
    switch self {
    case .missing: .missing
    case .definitionChanged: .definitionChanged
    case .overwritesLocalEdit: .overwritesLocalEdit
    case .matches: .matches
    case .keptLocalEdit: .keptLocalEdit
    case .keptOrganizationChoice: .keptOrganizationChoice
    case .orphaned: .orphaned
    case .ownHarnessAccepted: .ownHarnessAccepted
    case .inUse: .inUse
    case .archived: .archived
    case .authMode: .authMode
    case .devOnly: .devOnly
    case .driverNotRegistered: .driverNotRegistered
    case .providerSkipped: .providerSkipped
    case .mcpServerMissing: .mcpServerMissing
    case .capabilityNotRegistered: .capabilityNotRegistered
    case .defaultModelSkipped: .defaultModelSkipped
    case .noHarnessForRole: .noHarnessForRole
    case .removedLocally: .removedLocally
    case .pruned: .pruned
    case .nameOwnedByOrganization: .nameOwnedByOrganization
    }
  }

  /// What is done with a row that has this reason.
  public var action: SeedAction {
    if case .pruned(let prune) = self { prune.action } else { code.actions[0] }
  }

  /// The reason as one sentence about this very row.
  public var message: String {
    switch self {
    case .missing(nil): "not in the store"
    case .missing(let value?): "not set; becomes '\(value)'"
    case .definitionChanged(let fields):
      "\(fields.joined(separator: ", ")) changed since it was last applied"
    case .overwritesLocalEdit(let fields):
      "\(fields.joined(separator: ", ")) \(fields.count == 1 ? "was" : "were") edited; the definition wins"
    case .matches: "as it should be"
    case .keptLocalEdit(let fields):
      "\(fields.joined(separator: ", ")) \(fields.count == 1 ? "was" : "were") edited and stay\(fields.count == 1 ? "s" : "")"
    case .keptOrganizationChoice(let chosen): "the organization chose '\(chosen)'"
    case .orphaned: "built in, but no longer in the definition"
    case .ownHarnessAccepted: "the organization's own harness stays, as was decided"
    case .inUse(let user): "not pruned, since \(user) uses it"
    case .archived: "archived"
    case .authMode: "the server makes its admin user itself"
    case .devOnly(let grade): "only for the grade 'dev', and the grade is '\(grade.rawValue)'"
    case .driverNotRegistered(let type): "the driver '\(type)' is not registered"
    case .providerSkipped(let provider): "its LLM provider '\(provider)' is not seeded"
    case .mcpServerMissing(let ids):
      ids.count == 1
        ? "the MCP server \(ids.joinedInQuotes) is not there"
        : "the MCP servers \(ids.joinedInQuotes) are not there"
    case .capabilityNotRegistered(let ids):
      ids.count == 1
        ? "the capability \(ids.joinedInQuotes) is not registered"
        : "the capabilities \(ids.joinedInQuotes) are not registered"
    case .defaultModelSkipped(let model): "the model '\(model)' is not there"
    case .noHarnessForRole(let role, blocked: nil): "no harness has the role '\(role.rawValue)'"
    case .noHarnessForRole(let role, let harness?):
      "the harness '\(harness)' with the role '\(role.rawValue)' cannot be used here"
    case .removedLocally: "seeded before, and removed by somebody since"
    case .pruned(.release): "no longer in the definition; stays as the organization's own"
    case .pruned(.delete): "no longer in the definition"
    case .nameOwnedByOrganization(let name):
      "the organization has a harness of its own named '\(name)'"
    }
  }
}
