/// The deployment grade: how close to production a deployment is.
///
/// The grade decides what the presets contain and which agents of the seed catalog are seeded.
/// Saved definitions and files are never filtered.
public enum Grade: String, CaseIterable, Sendable {
  /// Development: the only grade with experimental components and dev-only agents.
  case dev
  /// Proof of concept.
  case poc
  /// Preview, also called staging.
  case preview
  /// Production.
  case prod

  /// The other words for grades.
  package static let aliases: KeyValuePairs<String, Grade> = [
    "development": .dev, "staging": .preview, "production": .prod,
  ]

  /// The grade with a name, in any letter case; `development`, `staging` and `production` are
  /// aliases.
  ///
  /// - Returns: `nil` if the word is not the name of a grade.
  public init?(word: String) {
    let word = word.lowercased()
    guard let grade = Grade(rawValue: word) ?? Self.aliases.first(where: { $0.key == word })?.value
    else { return nil }
    self = grade
  }

  /// Whether experimental components and dev-only agents are included.
  public var admitsExperiments: Bool { self == .dev }
}
