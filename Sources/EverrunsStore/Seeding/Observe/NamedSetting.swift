import Everruns
import EverrunsSeeding

/// A setting that takes the harness of a template.
struct NamedSetting {
  /// The setting's number in the definition.
  let index: Int
  let setting: DesiredHarnessSetting
  /// The template's name.
  let harness: String
  /// The template's number in the definition.
  let ordinal: Int

  var column: String { setting.setting.column }
  /// The bit that stands for the setting where several are meant.
  var bit: Int { 1 << index }

  /// The settings of a definition whose role a template has.
  static func all(in desired: SeedDesiredState) -> [NamedSetting] {
    desired.harnessSettings.enumerated().compactMap { index, setting in
      guard let harness = setting.harness,
        let ordinal = desired.harnesses.firstIndex(where: { $0.template.name == harness })
      else { return nil }
      return NamedSetting(index: index, setting: setting, harness: harness, ordinal: ordinal)
    }
  }
}
