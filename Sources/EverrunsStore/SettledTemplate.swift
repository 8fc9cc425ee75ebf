import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// What organizations hold of a template, and how that differs from what they should.
struct SettledTemplate {
  /// What they hold.
  let content: JSONObject
  /// The fields in which that differs from what they should hold.
  let fields: [HarnessField]

  init(content: JSONObject, desired: DesiredHarness) {
    self.content = content
    let wanted = desired.content
    fields = HarnessField.allCases.filter { content[$0.rawValue] != wanted[$0.rawValue] }
  }

  /// What identifies what they hold.
  var digest: String { Fingerprint(of: .object(content)).description }

  /// What changes in each of them.
  func changes(to wanted: JSONObject) -> [FieldChange] {
    fields.map { field in
      FieldChange(
        field: field.rawValue, before: content[field.rawValue] ?? .null,
        after: wanted[field.rawValue] ?? .null)
    }
  }
}

/// What all organizations are known to hold, as a store writes it down.
struct SettledDescription {
  /// The text that is written down.
  let text: String
  /// What identifies the content of each template, by its name.
  let digests: [String: String]
  /// Everything that decides which rows there are: rules, the default organization, settings.
  private let frame: JSONValue

  init(of desired: SeedDesiredState) {
    let settings = desired.harnessSettings.map { setting -> JSONValue in
      [.string(setting.setting.rawValue), .optional(setting.harness)]
    }
    frame = [
      .integer(SeedPlan.rulesVersion), .integer(desired.organization.orgID),
      .string(desired.organization.publicID), .array(settings),
    ]
    let harnesses = desired.harnesses.map { harness -> JSONValue in
      [
        .string(harness.template.name), .string(harness.digest.description),
        .string(harness.digestWithoutParent.description),
      ]
    }
    text = JSONValue.array([frame, .array(harnesses)]).canonicalJSON
    digests = Self.digests(harnesses)
  }

  /// Reads what was written down; `nil` where it is something else.
  init?(_ text: String) {
    guard case .array(let parts)? = try? JSONValue(json: text), parts.count == 2,
      case .array(let harnesses) = parts[1]
    else { return nil }
    self.text = text
    frame = parts[0]
    digests = Self.digests(harnesses)
  }

  private static func digests(_ harnesses: [JSONValue]) -> [String: String] {
    harnesses.reduce(into: [:]) { digests, harness in
      guard case .array(let parts) = harness, parts.count > 1, case .string(let name) = parts[0],
        case .string(let digest) = parts[1]
      else { return }
      digests[name] = digest
    }
  }

  /// Whether the same rows are spoken of, so that only their content can differ.
  func isComparable(with other: SettledDescription) -> Bool {
    frame == other.frame && Set(digests.keys) == Set(other.digests.keys)
  }
}
