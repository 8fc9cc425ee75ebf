package import EverrunsDocuments

/// A platform definition that ships with a program.
public struct PlatformPreset: Sendable {
  /// The name of the preset: `oss`.
  public let name: String
  /// A summary, as half a sentence.
  public let summary: String
  private let build: @Sendable (Grade) -> PlatformDefinition
  private let recorded: @Sendable (Grade) -> Fingerprint?

  /// Creates a preset whose definition is built when it is needed.
  public init(
    name: String, summary: String, definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.init(name: name, summary: summary, recorded: { _ in nil }, definition: definition)
  }

  /// A preset whose fingerprints may be recorded.
  private init(
    name: String, summary: String, recorded: @escaping @Sendable (Grade) -> Fingerprint?,
    definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.name = name
    self.summary = summary
    self.recorded = recorded
    build = definition
  }

  /// The definition for a grade.
  public func definition(grade: Grade) -> PlatformDefinition { build(grade) }

  /// The fingerprint of the definition for a grade.
  ///
  /// Those of stock presets are recorded, so that their definitions need not be built.
  package func fingerprint(grade: Grade) -> Fingerprint {
    recorded(grade) ?? definition(grade: grade).fingerprint
  }

  /// The presets of the stock program.
  public static let stock: [PlatformPreset] = [
    stock("oss", "the stock platform, filtered by grade", PlatformDefinition.oss),
    stock(
      "worker", "the capabilities and drivers of the stock platform", PlatformDefinition.worker),
    stock("empty", "a platform with nothing in it") { _ in .empty },
  ]

  private static func stock(
    _ name: String, _ summary: String,
    _ definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) -> PlatformPreset {
    PlatformPreset(
      name: name, summary: summary,
      recorded: { recordedFingerprint(of: name, grade: $0).map(Fingerprint.init(stored:)) },
      definition: definition)
  }
}
