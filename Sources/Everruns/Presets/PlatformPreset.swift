/// A platform definition that ships with a program.
public struct PlatformPreset: Sendable {
  /// The name of the preset: `oss`.
  public let name: String
  /// A summary, as half a sentence.
  public let summary: String
  private let build: @Sendable (Grade) -> PlatformDefinition

  /// Creates a preset whose definition is built when it is needed.
  public init(
    name: String, summary: String, definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.name = name
    self.summary = summary
    build = definition
  }

  /// The definition for a grade.
  public func definition(grade: Grade) -> PlatformDefinition { build(grade) }

  /// The presets of the stock program.
  public static let stock: [PlatformPreset] = [
    PlatformPreset(
      name: "oss", summary: "the stock platform, filtered by grade",
      definition: PlatformDefinition.oss),
    PlatformPreset(
      name: "worker", summary: "the capabilities and drivers of the stock platform",
      definition: PlatformDefinition.worker),
    PlatformPreset(
      name: "empty", summary: "a platform with nothing in it",
      definition: { _ in .empty }),
  ]
}
