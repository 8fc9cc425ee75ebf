/// How close to production a deployment is.
///
/// The grade decides what the presets contain and which agents of the seed catalog count. It
/// filters no saved definition and no file.
public enum Grade: String, CaseIterable, Sendable {
  /// Development: the only grade with experimental components and dev-only agents.
  case dev
  /// Proof of concept.
  case poc
  /// Preview, also called staging.
  case preview
  /// Production.
  case prod

  /// The grade a word stands for, in any letter case, with the aliases `development`, `staging`
  /// and `production`.
  public init?(word: String) {
    switch word.lowercased() {
    case "dev", "development": self = .dev
    case "poc": self = .poc
    case "preview", "staging": self = .preview
    case "prod", "production": self = .prod
    default: return nil
    }
  }

  /// Whether experimental components and dev-only agents count.
  public var admitsExperiments: Bool { self == .dev }
}
