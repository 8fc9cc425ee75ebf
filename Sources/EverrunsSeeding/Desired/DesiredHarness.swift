package import Everruns
package import EverrunsDocuments

/// A built-in harness that every organization should have.
package struct DesiredHarness: Sendable {
  /// The template.
  package let template: BuiltInHarness
  /// The template's capabilities that are registered.
  package let capabilities: [CapabilityUse]
  /// The template's capabilities that are not registered; they are left out.
  package let droppedCapabilities: [String]
  /// The name of the parent, if it is in the definition.
  package let parent: String?
  /// The previous names under which a built-in harness is this template's, in order of preference.
  ///
  /// A name that a template has now, or that an earlier template claims, is not among them.
  package let previousNames: [String]

  package init(
    template: BuiltInHarness, capabilities: [CapabilityUse], droppedCapabilities: [String],
    parent: String?, previousNames: [String] = []
  ) {
    self.template = template
    self.capabilities = capabilities
    self.droppedCapabilities = droppedCapabilities
    self.parent = parent
    self.previousNames = previousNames
  }

  /// The notes that apply in every organization.
  package var notes: [SeedNote] {
    var notes: [SeedNote] = []
    if let named = template.parent, parent == nil { notes.append(.parentUnknown(named)) }
    if !droppedCapabilities.isEmpty { notes.append(.capabilitiesDropped(droppedCapabilities)) }
    return notes
  }

  // MARK: Content

  /// The desired content of a row, in the order of a plan.
  package var content: JSONObject { content(parent: parent) }

  /// The desired content in an organization where the parent cannot be used.
  package var contentWithoutParent: JSONObject { content(parent: nil) }

  /// The digest of the content.
  package var digest: Fingerprint { Fingerprint(of: .object(content)) }

  /// The digest of the content without the parent.
  package var digestWithoutParent: Fingerprint { Fingerprint(of: .object(contentWithoutParent)) }

  private func content(parent: String?) -> JSONObject {
    JSONObject(
      HarnessField.allCases.map { field in
        JSONObject.Member(key: field.rawValue, value: value(of: field, parent: parent))
      })
  }

  private func value(of field: HarnessField, parent: String?) -> JSONValue {
    switch field {
    case .displayName: .string(template.displayName)
    case .description: .string(template.description)
    case .systemPrompt: .string(template.systemPrompt)
    case .parent: .optional(parent)
    case .tags: .strings(template.tags)
    case .status: "active"
    case .isBuiltIn: true
    case .capabilities: .capabilities(capabilities)
    }
  }
}
