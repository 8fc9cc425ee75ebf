import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// The state that all organizations have, as recorded in the store.
struct SettledDescription {
  /// The version of this record, and of the sentences in kept answers.
  ///
  /// A record of another version is ignored.
  static let version = 10

  /// The recorded text.
  let text: String
  /// The digest of each template's content, by name.
  let digests: [String: String]
  /// Everything else that determines which rows there are: rules, the default organization,
  /// settings.
  private let header: JSONValue

  init(of desired: SeedDesiredState) {
    let settings = desired.harnessSettings.map { setting -> JSONValue in
      [.string(setting.setting.rawValue), .optional(setting.harness)]
    }
    header = [
      .integer(SeedPlan.rulesVersion), .integer(Self.version),
      .integer(desired.organization.orgID), .string(desired.organization.publicID),
      .array(settings),
    ]
    let harnesses = desired.harnesses.map { harness -> JSONValue in
      [
        .string(harness.template.name), .string(harness.digest.description),
        .string(harness.digestWithoutParent.description),
      ]
    }
    text = JSONValue.array([header, .array(harnesses)]).canonicalJSON
    digests = Self.digests(harnesses)
  }

  /// Parses a recorded text; `nil` if it is not one.
  init?(_ text: String) {
    guard case .array(let parts)? = try? JSONValue(json: text), parts.count == 2,
      case .array(let harnesses) = parts[1]
    else { return nil }
    self.text = text
    header = parts[0]
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

  /// Whether the same rows exist, so that only their content can differ.
  func isComparable(with other: SettledDescription) -> Bool {
    header == other.header && Set(digests.keys) == Set(other.digests.keys)
  }
}
