import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// Assignments: first the fields, then the values of the field that is typed.
extension CompletionList {
  /// The assignments that change a harness template.
  static func harnessAssignments(
    _ request: CompletionRequest, _ session: Session
  ) throws -> [Choice] {
    guard let assignment = FieldAssignment(request.prefix) else {
      return BuiltInHarness.outline.keys.flatMap { key -> [Choice] in
        let operations = key.isList ? FieldAssignment.Operation.allCases : [.set]
        return operations.map { Choice(key.name + $0.rawValue, summary: key.summary) }
      }
    }
    let definition = try session.platform().definition
    let harness = session.arguments.given(HarnessesSet.name).flatMap(definition.harness(named:))
    let choices =
      assignment.operation == .remove
      ? harness?.items(of: assignment.field).map { Choice($0) } ?? []
      : values(of: assignment.field, of: harness, in: definition)
    let isList = BuiltInHarness.outline.keys.contains { $0.name == assignment.field && $0.isList }
    return completing(
      request.prefix, after: isList && assignment.operation == .set ? ["=", ","] : ["="], choices)
  }

  /// The values that a field of a template can have; none where any text is possible.
  private static func values(
    of field: String, of harness: BuiltInHarness?, in definition: PlatformDefinition
  ) -> [Choice] {
    let templates = definition.builtInHarnesses
    switch field {
    case "parent":
      return harnesses(definition.possibleParents(of: Set([harness?.name].compactMap(\.self))))
    case "roles": return HarnessRole.allCases.map { Choice($0.rawValue) }
    case "capabilities":
      return definition.capabilities.descriptors.map { Choice($0.id, summary: $0.description) }
    case "tags":
      return frequencies(templates.flatMap(\.tags), "harness", plural: "harnesses")
    default: return []
    }
  }

  /// The assignments that change an organization.
  static func organizationAssignments(
    _ request: CompletionRequest, _ session: Session
  ) throws -> [Choice] {
    guard let assignment = FieldAssignment(request.prefix) else {
      return [Choice("\(OrganizationsSet.nameKey)=", summary: "The organization's name")]
        + OrganizationSetting.allCases.map { setting in
          Choice(
            "\(setting.rawValue)=", summary: "The \(setting.rawValue.replacing("-", with: " "))")
        }
    }
    guard assignment.operation == .set,
      let setting = OrganizationSetting(rawValue: assignment.field),
      let word = session.arguments.given(OrganizationsSet.organization),
      let rows = try session.storeForReading()?.records(
        setting.target, organization: session.organization(word).orgID)
    else { return [] }
    let choices = rows.compactMap { row in
      row[setting.targetName]?.string.map {
        Choice($0, summary: row["display_name"]?.string ?? "")
      }
    }
    return completing(request.prefix, after: ["="], choices)
  }

  /// The choices after the last of some signs in what is typed.
  private static func completing(
    _ typed: String, after signs: Set<Unicode.Scalar>, _ choices: [Choice]
  ) -> [Choice] {
    let scalars = typed.unicodeScalars
    guard let last = scalars.lastIndex(where: signs.contains) else { return [] }
    let head = String(scalars[...last])
    return choices.map { Choice(head + $0.value, summary: $0.summary) }
  }
}

extension BuiltInHarness {
  /// The texts of a list of the template: its tags, or the ids of its capabilities.
  fileprivate func items(of field: String) -> [String] {
    (document[field]?.array ?? []).compactMap {
      $0.identifyingText(by: PlatformDefinition.identifyingKeys)
    }
  }
}
