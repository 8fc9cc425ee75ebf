/// A platform definition that ships with a program.
public struct PlatformPreset: Sendable {
  /// The name under which it is used: `oss`.
  public let name: String
  /// What it is, in half a sentence.
  public let summary: String
  private let make: @Sendable (Grade) -> PlatformDefinition

  /// A preset whose definition is made when somebody asks for it.
  public init(
    name: String, summary: String, definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.name = name
    self.summary = summary
    make = definition
  }

  /// The definition as a grade has it.
  public func definition(grade: Grade) -> PlatformDefinition { make(grade) }

  /// The presets of the stock program.
  public static let stock: [PlatformPreset] = [
    PlatformPreset(name: "oss", summary: "the stock platform, filtered by grade") {
      .oss(grade: $0)
    },
    PlatformPreset(name: "worker", summary: "the capabilities and drivers of the stock platform") {
      .worker(grade: $0)
    },
    PlatformPreset(name: "empty", summary: "a platform with nothing in it") { _ in .empty },
  ]
}
