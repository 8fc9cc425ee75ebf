import EverrunsDocuments
import EverrunsSeeding

/// The known state of a template in the organizations that are not compared.
struct SettledTemplate {
  /// The content that they hold.
  let content: JSONObject
  /// The fields in which it differs from the definition.
  let fields: [HarnessField]
  private let hasParent: Bool

  init(content: JSONObject, desired: DesiredHarness) {
    self.content = content
    hasParent = desired.parent != nil
    let wanted = desired.content
    fields = HarnessField.allCases.filter { content[$0.rawValue] != wanted[$0.rawValue] }
  }

  /// The digest of the content.
  var digest: String { Fingerprint(of: .object(content)).description }

  /// The facts that a comparison would observe in each of them.
  var observed: ObservedHarness {
    var observed = ObservedHarness.exact(hasParent: hasParent)
    guard !fields.isEmpty else { return observed }
    observed.differing = fields.filter { $0 != .parent }
    if fields.contains(.parent) { observed.parentLink = .other }
    observed.lastApplied = .other
    return observed
  }

  /// The changes in each of them.
  func changes(to wanted: JSONObject) -> [FieldChange] {
    fields.map { field in
      FieldChange(
        field: field.rawValue, before: content[field.rawValue] ?? .null,
        after: wanted[field.rawValue] ?? .null)
    }
  }
}
