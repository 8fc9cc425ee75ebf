import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// The description of a kind of components for its commands, in addition to the library's.
protocol ComponentNoun: DocumentedComponent, Listed {
  /// The noun of the commands, in the plural.
  static var command: String { get }
  /// Aliases of the noun.
  static var aliases: [String] { get }
  /// The description of the noun, one sentence.
  static var summary: String { get }
  /// The registry in a definition.
  static var registry: any WritableKeyPath<PlatformDefinition, Registry<Self>> & Sendable { get }
  /// The columns of the list; more keys can be named.
  static var columns: [Column<Self>] { get }
  /// An identifier for examples.
  static var example: String { get }
  /// The keys that `show` derives from the rest of the definition and `register` ignores.
  static var derivedKeys: [String] { get }
  /// The addresses of what uses each of some components, in the definition and the seed catalog.
  static func users(
    of identifiers: [String], in definition: PlatformDefinition, _ catalog: SeedCatalog
  ) -> [[String]]
  /// Whether other parts of the definition reference the components, and can be removed with them.
  static var hasDependents: Bool { get }
}

extension ComponentNoun {
  static var derivedKeys: [String] { [] }
  static var hasDependents: Bool { false }
}

extension ComponentNoun {
  /// A column for every key.
  static var allColumns: [Column<Self>] { columns.completed(with: coding.outline) }
}

extension Array {
  /// The columns, and one for each remaining key of an object, shown only if named.
  func completed<Row>(with outline: DocumentOutline) -> Self where Element == Column<Row> {
    let known = Set(map(\.key))
    return self
      + outline.keys.map(\.name).filter { !known.contains($0) }
      .map { Column($0, visibility: .named) }
  }
}
