import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// What all organizations are known to hold, as a store writes it down.
struct SettledDescription {
  /// The version of what is written down, and of the sentences in kept answers.
  ///
  /// Another version knows nothing of this one.
  static let version = 4

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
