package import Everruns
import Messages

/// Why a row of a plan has its action.
///
/// A reason is created by one of the functions below, which contain its sentence. To add one, add a
/// case to ``Code``, describe it in `Code.entry`, and write its function; plans, help, `seed why`
/// and the manual follow.
package struct SeedReason: Sendable, Hashable {
  /// The stable code that programs match.
  package let code: Code
  /// The action.
  package let action: SeedAction
  /// The reason as a sentence about this row.
  package let message: String

  package init(_ code: Code, action: SeedAction? = nil, _ message: String) {
    self.code = code
    self.action = action ?? code.actions[0]
    self.message = message
  }

  /// The stable code that programs match.
  ///
  /// Later versions may add codes.
  package enum Code: String, CaseIterable, Sendable {
    /// The row is not in the store.
    case missing
    /// The row had a previous name of its template.
    case renamed
    /// The definition or the catalog changed, and the row has no local edit.
    case definitionChanged = "definition_changed"
    /// The row was edited, and the definition or the catalog wins.
    case overwritesLocalEdit = "overwrites_local_edit"
    /// The row is up to date.
    case matches
    /// The row has a local edit, which is kept.
    case keptLocalEdit = "kept_local_edit"
    /// The setting refers to another row.
    case keptOrganizationChoice = "kept_org_choice"
    /// A built-in harness that the definition no longer has.
    case orphaned
    /// The organization-owned harness of that name was accepted.
    case ownHarnessAccepted = "own_harness_accepted"
    /// Not pruned, because a row or a setting references it.
    case inUse = "in_use"
    /// The row is archived.
    case archived
    /// The server creates this user itself.
    case authMode = "auth_mode"
    /// The row is for the grade dev.
    case devOnly = "dev_only"
    /// The platform has no driver of this provider type.
    case driverNotRegistered = "driver_not_registered"
    /// The row's LLM provider is not seeded.
    case providerSkipped = "provider_skipped"
    /// An MCP server that the agent uses is missing.
    case mcpServerMissing = "mcp_server_missing"
    /// A capability that the agent needs is not registered.
    case capabilityNotRegistered = "capability_not_registered"
    /// The default model is not seeded.
    case defaultModelSkipped = "default_model_skipped"
    /// No harness can take the setting's role.
    case noHarnessForRole = "no_harness_for_role"
    /// The row was seeded earlier and deleted since.
    case removedLocally = "removed_locally"
    /// A built-in harness that left the definition is released or deleted.
    case pruned
    /// The organization has a harness of its own with that name.
    case nameOwnedByOrganization = "name_owned_by_org"
    /// Another stored value prevents the row from being written.
    case unusableRow = "unusable_row"

    /// The possible actions of rows with this code: one, except for pruned rows.
    package var actions: [SeedAction] { entry.actions }

    /// The meaning of the code, as half a sentence.
    package var summary: String { entry.summary }

    /// The meaning of the code for rows with one of its actions.
    package func summary(for action: SeedAction) -> String {
      switch (self, action) {
      case (.pruned, .release):
        "a built-in harness that left the definition becomes the organization's own"
      case (.pruned, .delete): "a built-in harness that left the definition is deleted"
      default: summary
      }
    }

    private var entry: (actions: [SeedAction], summary: String) {
      switch self {
      case .missing: ([.create], "the row is not in the store")
      case .renamed: ([.update], "the template was renamed, and the row follows")
      case .definitionChanged:
        ([.update], "the definition or the catalog changed, and the row has no local edit")
      case .overwritesLocalEdit:
        ([.update], "the row was edited, and the definition or the catalog wins")
      case .matches: ([.unchanged], "the row is up to date")
      case .keptLocalEdit: ([.keep], "the row was edited, and the edit is kept")
      case .keptOrganizationChoice:
        ([.keep], "the setting refers to another row and is kept")
      case .orphaned: ([.keep], "a built-in harness that is no longer in the definition")
      case .ownHarnessAccepted:
        ([.keep], "the organization's own harness was accepted with --accept-own")
      case .inUse: ([.keep], "not pruned: another row or a setting refers to the harness")
      case .archived: ([.keep], "the row is archived and left alone")
      case .authMode: ([.skip], "the server creates this user itself")
      case .devOnly: ([.skip], "the row is only for grade dev")
      case .driverNotRegistered: ([.skip], "the platform has no driver of this provider type")
      case .providerSkipped: ([.skip], "the row's LLM provider is not seeded")
      case .mcpServerMissing: ([.skip], "an MCP server that the agent uses does not exist")
      case .capabilityNotRegistered:
        ([.skip], "a capability that the agent needs is not registered")
      case .defaultModelSkipped: ([.skip], "the default model is not seeded")
      case .noHarnessForRole: ([.skip], "no usable harness has the role of the setting")
      case .removedLocally: ([.skip], "the row was seeded earlier and deleted since")
      case .pruned:
        ([.release, .delete], "a built-in harness that left the definition is released or deleted")
      case .nameOwnedByOrganization:
        ([.blocked], "the organization has its own harness of that name")
      case .unusableRow: ([.blocked], "a stored value prevents the row from being written")
      }
    }
  }
}

extension SeedReason {
  /// The row is not in the store; a setting becomes `value`, which is `nil` for other rows.
  package static func missing(becomes value: String? = nil) -> SeedReason {
    SeedReason(.missing, value.map { "not set; becomes '\($0)'" } ?? "not in the store")
  }

  /// These fields changed in the definition or the catalog, and the row has no local edit.
  package static func definitionChanged(fields: [String]) -> SeedReason {
    SeedReason(.definitionChanged, changed(fields))
  }

  /// The row had a previous name of its template; `fields` are those that also changed.
  package static func renamed(from name: String, fields: [String]) -> SeedReason {
    SeedReason(.renamed, wasNamed(name) + (fields.isEmpty ? "" : "; " + changed(fields)))
  }

  /// What wins over a local edit.
  package enum Winner: String, Sendable {
    case definition
    case catalog
  }

  /// These fields have a local edit, which is lost; `name` is the row's previous name, if it is
  /// renamed as well.
  package static func overwritesLocalEdit(
    fields: [String], winner: Winner = .definition, renamedFrom name: String? = nil
  ) -> SeedReason {
    SeedReason(
      .overwritesLocalEdit,
      (name.map { wasNamed($0) + "; " } ?? "")
        + "\(edited(fields)); the \(winner.rawValue) wins")
  }

  private static func changed(_ fields: [String]) -> String {
    "\(fields.joinedInQuotes) changed since the last apply"
  }

  private static func edited(_ fields: [String]) -> String {
    "\(fields.joinedInQuotes) \(fields.count == 1 ? "was" : "were") edited"
  }

  private static func wasNamed(_ name: String) -> String { "was named '\(name)'" }

  /// The row is up to date.
  package static let matches = SeedReason(.matches, "up to date")

  /// These fields have a local edit, which is kept.
  package static func keptLocalEdit(fields: [String]) -> SeedReason {
    SeedReason(
      .keptLocalEdit,
      edited(fields) + (fields.count == 1 ? "; the edit is kept" : "; the edits are kept"))
  }

  /// The setting refers to another row, which the organization chose or an earlier definition named.
  package static func keptOrganizationChoice(chosen: String) -> SeedReason {
    SeedReason(.keptOrganizationChoice, "the setting refers to '\(chosen)' and is kept")
  }

  /// The definition no longer has this built-in harness.
  package static let orphaned = SeedReason(
    .orphaned, "built-in, but no longer in the definition")

  /// A row of a previous name stays until its template's name is free.
  package static let orphanedUntilNameIsFree = SeedReason(
    .orphaned, "keeps its previous name: the organization's own harness has the new one")

  /// The organization-owned harness was accepted.
  package static let ownHarnessAccepted = SeedReason(
    .ownHarnessAccepted, "the organization's own harness stays; accepted with --accept-own")

  /// The harness is not pruned, because a row or a setting references it.
  package static func inUse(by user: String) -> SeedReason {
    SeedReason(.inUse, "not pruned: \(user) uses it")
  }

  /// The row is archived.
  package static let archived = SeedReason(.archived, "left alone until it is active again")

  /// The server creates this user itself.
  package static let authMode = SeedReason(
    .authMode, "the server creates its admin user itself")

  /// The row is for the grade dev, and the grade is another one.
  package static func devOnly(_ grade: Grade) -> SeedReason {
    SeedReason(.devOnly, "only for grade 'dev'; the grade is '\(grade.rawValue)'")
  }

  /// The platform has no driver of this provider type.
  package static func driverNotRegistered(providerType: String) -> SeedReason {
    SeedReason(.driverNotRegistered, "the driver '\(providerType)' is not registered")
  }

  /// The model's LLM provider is not seeded.
  package static func providerSkipped(_ provider: String) -> SeedReason {
    SeedReason(.providerSkipped, "its LLM provider '\(provider)' is not seeded")
  }

  /// MCP servers that the agent uses are missing.
  package static func mcpServerMissing(_ ids: [String]) -> SeedReason {
    SeedReason(
      .mcpServerMissing,
      ids.count == 1
        ? "the MCP server \(ids.joinedInQuotes) does not exist"
        : "the MCP servers \(ids.joinedInQuotes) do not exist")
  }

  /// Capabilities that the agent needs are not registered.
  package static func capabilityNotRegistered(_ ids: [String]) -> SeedReason {
    SeedReason(
      .capabilityNotRegistered,
      ids.count == 1
        ? "the capability \(ids.joinedInQuotes) is not registered"
        : "the capabilities \(ids.joinedInQuotes) are not registered")
  }

  /// The default model is not seeded.
  package static func defaultModelSkipped(_ model: String) -> SeedReason {
    SeedReason(.defaultModelSkipped, "the model '\(model)' is not seeded")
  }

  /// No harness can take the setting's role: `harness` has it but cannot be used in the
  /// organization, or is `nil` if no harness has it.
  package static func noHarnessForRole(_ role: HarnessRole, blocked harness: String?) -> SeedReason
  {
    SeedReason(
      .noHarnessForRole,
      harness.map {
        "the harness '\($0)' with the role '\(role.rawValue)' cannot be used here"
      } ?? "no harness has the role '\(role.rawValue)'")
  }

  /// The row was seeded earlier and deleted since.
  package static let removedLocally = SeedReason(
    .removedLocally, "seeded earlier, deleted since")

  /// A built-in harness that left the definition is released or deleted.
  package static func pruned(_ prune: SeedOptions.Prune) -> SeedReason {
    SeedReason(
      .pruned, action: prune.action,
      prune == .release
        ? "no longer in the definition; becomes the organization's own"
        : "no longer in the definition")
  }

  /// The organization has a harness of its own with the template's name.
  package static func nameOwnedByOrganization(_ name: String) -> SeedReason {
    SeedReason(
      .nameOwnedByOrganization, "the organization has its own harness named '\(name)'")
  }

  /// The row `holder` has the name, or other unique value, that the row would get.
  package static func unusableRow(
    _ column: String, _ value: String, usedBy holder: RecordHolder
  ) -> SeedReason {
    let row = "row '\(holder.id)'"
    return SeedReason(
      .unusableRow,
      "\(column) '\(value)' is already used by "
        + (holder.isMarkedAsDeleted
          ? "\(row), which is only marked as deleted; delete that row from the database, or rename it"
          : "\(row); rename one of them"))
  }

  /// The row's id is not text, so nothing can reference it.
  package static func unusableRow(id: String) -> SeedReason {
    SeedReason(.unusableRow, "id \(id) is not valid text; 'store check' says what to do")
  }
}
