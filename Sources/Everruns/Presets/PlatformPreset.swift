package import EverrunsDocuments

/// A platform definition that ships with a program.
public struct PlatformPreset: Sendable {
  /// The name under which it is used: `oss`.
  public let name: String
  /// What it is, in half a sentence.
  public let summary: String
  private let make: @Sendable (Grade) -> PlatformDefinition
  private let known: (@Sendable (Grade) -> Fingerprint)?

  /// A preset whose definition is made when somebody asks for it.
  public init(
    name: String, summary: String, definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.init(name: name, summary: summary, fingerprint: nil, definition: definition)
  }

  /// A preset whose fingerprints are known without its definition.
  init(
    name: String, summary: String, fingerprint: (@Sendable (Grade) -> Fingerprint)?,
    definition: @escaping @Sendable (Grade) -> PlatformDefinition
  ) {
    self.name = name
    self.summary = summary
    known = fingerprint
    make = definition
  }

  /// The fingerprint of the definition as a grade has it.
  package func fingerprint(grade: Grade) -> Fingerprint {
    known?(grade) ?? definition(grade: grade).fingerprint
  }

  /// The definition as a grade has it.
  public func definition(grade: Grade) -> PlatformDefinition { make(grade) }

  /// The presets of the stock program.
  public static let stock: [PlatformPreset] = [
    PlatformPreset(
      name: "oss", summary: "the stock platform, filtered by grade",
      fingerprint: StockFingerprints.oss, definition: PlatformDefinition.oss),
    PlatformPreset(
      name: "worker", summary: "the capabilities and drivers of the stock platform",
      fingerprint: StockFingerprints.worker, definition: PlatformDefinition.worker),
    PlatformPreset(
      name: "empty", summary: "a platform with nothing in it",
      fingerprint: { _ in StockFingerprints.empty }, definition: { _ in .empty }),
  ]
}
