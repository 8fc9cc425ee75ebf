import EverrunsDocuments
import EverrunsSeeding

/// What organizations hold of a template, and how that differs from what they should.
struct SettledTemplate {
  /// What they hold.
  let content: JSONObject
  /// The fields in which that differs from what they should hold.
  let fields: [HarnessField]
  private let hasParent: Bool

  init(content: JSONObject, desired: DesiredHarness) {
    self.content = content
    hasParent = desired.parent != nil
    let wanted = desired.content
    fields = HarnessField.allCases.filter { content[$0.rawValue] != wanted[$0.rawValue] }
  }

  /// What identifies what they hold.
  var digest: String { Fingerprint(of: .object(content)).description }

  /// What a comparison would observe in each of them.
  var observed: ObservedHarness {
    var observed = ObservedHarness.exact(hasParent: hasParent)
    guard !fields.isEmpty else { return observed }
    observed.differing = fields.filter { $0 != .parent }
    if fields.contains(.parent) { observed.parentLink = .other }
    observed.lastApplied = .other
    return observed
  }

  /// What changes in each of them.
  func changes(to wanted: JSONObject) -> [FieldChange] {
    fields.map { field in
      FieldChange(
        field: field.rawValue, before: content[field.rawValue] ?? .null,
        after: wanted[field.rawValue] ?? .null)
    }
  }
}
