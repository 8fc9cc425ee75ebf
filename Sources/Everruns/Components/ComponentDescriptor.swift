package import EverrunsDocuments

/// The plain data of a component, as in documents and comparisons.
///
/// Capabilities, drivers and connection providers have one descriptor type each. Generic code
/// handles all three through this protocol.
public protocol ComponentDescriptor: Sendable {
  /// The described components, such as `any Capability`.
  associatedtype Component: Sendable

  /// The noun for messages: `capability`.
  static var noun: String { get }

  /// The identifier of a component in its registry.
  static func identifier(of component: Component) -> String

  /// The plain data of a component.
  init(_ component: Component)

  /// A component that consists only of this data.
  var component: Component { get }

  /// Whether the component is only offered at grades that allow experiments.
  var isExperimental: Bool { get }
}

/// A descriptor that is an element of a platform document.
package protocol DocumentedComponent: ComponentDescriptor {
  /// The document key of the list of components: `capabilities`.
  static var documentKey: String { get }
  /// The key that identifies an element of the list: `id`.
  static var identifierKey: String { get }
  /// The grammar of the identifiers.
  static var identifierGrammar: IdentifierGrammar { get }
  /// How a descriptor is written in a document.
  static var coding: ObjectCoding<Self> { get }
}

extension DocumentedComponent {
  /// The identifier of the component.
  package var identifier: String { Self.identifier(of: component) }

  /// Reads one descriptor, or an array of them.
  ///
  /// - Throws: ``DocumentRefusal`` with every problem.
  package static func list(reading node: SourceNode) throws(DocumentRefusal) -> [Self] {
    try coding.list(reading: node, identifiedBy: identifierKey)
  }
}
