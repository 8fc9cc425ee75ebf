import Everruns
import EverrunsSeeding

/// A setting that holds the harness of a template.
struct NamedSetting {
  /// The setting's ordinal in the definition.
  let index: Int
  let setting: DesiredHarnessSetting
  /// The template's name.
  let harness: String
  /// The template's ordinal in the definition.
  let ordinal: Int

  var column: String { setting.setting.column }
  /// The bit that represents the setting in a set.
  var bit: Int { 1 << index }

  /// The settings of a definition for which some template has the role.
  static func all(in desired: SeedDesiredState) -> [NamedSetting] {
    let ordinals = desired.harnessOrdinals
    return desired.harnessSettings.enumerated().compactMap { index, setting in
      guard let harness = setting.harness, let ordinal = ordinals[harness] else { return nil }
      return NamedSetting(index: index, setting: setting, harness: harness, ordinal: ordinal)
    }
  }
}
