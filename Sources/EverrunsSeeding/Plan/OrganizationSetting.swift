package import Everruns

/// The settings of an organization that seeding manages; each is a row of a plan.
package enum OrganizationSetting: String, CaseIterable, Sendable {
  /// The default model, from the catalog.
  case defaultModel = "default-model"
  /// The default harness: the one with the role ``HarnessRole/default``.
  case defaultHarness = "default-harness"
  /// The base harness, for sessions that name none: the one with the role ``HarnessRole/base``.
  case baseHarness = "base-harness"

  /// The column that holds the setting.
  package var column: String {
    switch self {
    case .defaultModel: "default_model_id"
    case .defaultHarness: "default_harness_id"
    case .baseHarness: "base_harness_id"
    }
  }

  /// The key of the setting in JSON: `default_model`.
  package var documentKey: String { rawValue.replacing("-", with: "_") }

  /// The role whose harness the setting holds, if it holds one.
  package var role: HarnessRole? {
    switch self {
    case .defaultModel: nil
    case .defaultHarness: .default
    case .baseHarness: .base
    }
  }

  /// The kind of the rows that the setting refers to.
  package var target: RecordKind { role == nil ? .llmModel : .harness }

  /// The settings that hold the harness of a role.
  package static let ofHarnesses: [OrganizationSetting] = allCases.filter { $0.role != nil }
}
