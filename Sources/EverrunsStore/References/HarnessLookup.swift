package import Everruns
package import EverrunsDocuments
import EverrunsSeeding

extension Store {
  /// Which harness of an organization is used for a purpose, and why.
  ///
  /// The server uses that harness, and the tool predicts it.
  ///
  /// - Parameters:
  ///   - purpose: The purpose of the harness.
  ///   - requested: The name of the requested harness; `nil` for the organization's setting or
  ///     role.
  ///   - organization: The organization.
  ///   - templates: The harness templates of the platform.
  /// - Returns: The harness, or why none can be used.
  /// - Throws: ``StoreError`` if the store cannot be read.
  package func harnessResolution(
    for purpose: HarnessPurpose, requested: String?, in organization: Organization,
    templates: [BuiltInHarness]
  ) throws(StoreError) -> HarnessResolution {
    HarnessResolution(
      for: purpose, requested: requested, setting: purpose.setting(of: organization),
      among: try records(.harness, organization: organization.orgID)
        .compactMap(HarnessResolution.Harness.init(row:)),
      templates: templates)
  }
}

extension HarnessPurpose {
  /// The setting of an organization that comes before the role, if there is one and it is set.
  fileprivate func setting(of organization: Organization) -> HarnessResolution.Setting? {
    OrganizationSetting.ofHarnesses.first { $0.role == role }.flatMap { setting in
      organization.settings[setting].map {
        HarnessResolution.Setting(name: setting.rawValue, harnessID: $0.id)
      }
    }
  }
}

extension HarnessResolution.Harness {
  /// The harness in a row of a store; `nil` if the row has no name or no id.
  fileprivate init?(row: JSONObject) {
    guard let id = row.text("id"), let name = row.text("name") else { return nil }
    self.init(
      id: id, name: name, isBuiltIn: row.isBuiltInHarness, isActive: row["status"] == "active")
  }
}

extension JSONObject {
  /// Whether a stored harness is a built-in one: the column can hold anything, and SQL takes it for a
  /// number.
  package var isBuiltInHarness: Bool {
    switch self["is_built_in"] {
    case .bool(let isBuiltIn): isBuiltIn
    case .string(let text): Double(text).map { $0 != 0 } ?? false
    default: false
    }
  }
}

extension HarnessResolution {
  /// Why, in one line.
  package var reason: String { reasons.map(\.message).joined(separator: "; ") }

  /// The names of the harnesses that could be asked for.
  package static func candidates(among rows: [JSONObject]) -> [String] {
    rows.compactMap { $0["status"] == "active" ? $0["name"]?.string : nil }
  }
}
