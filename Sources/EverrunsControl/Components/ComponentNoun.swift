import Everruns

/// What the commands of a kind of components need to know beside what the library says.
protocol ComponentNoun: DocumentedComponent, Listed {
  /// The noun of the commands, in the plural.
  static var command: String { get }
  /// Other words for the noun.
  static var aliases: [String] { get }
  /// What the noun is, in a sentence.
  static var summary: String { get }
  /// The registry in a definition.
  static var registry: any WritableKeyPath<PlatformDefinition, Registry<Self>> & Sendable { get }
  /// The columns of the list.
  static var columns: [Column<Self>] { get }
  /// An identifier for examples.
  static var example: String { get }
}
