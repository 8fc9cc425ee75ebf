package import EverrunsDocuments

/// The plain data of a component: what documents carry and comparisons look at.
///
/// Capabilities, drivers and connection providers have a descriptor type each. Code that treats the
/// three alike is written once against this protocol.
public protocol ComponentDescriptor: Sendable {
  /// The components that it describes, such as `any Capability`.
  associatedtype Component: Sendable

  /// What one component is called in messages: `capability`.
  static var noun: String { get }

  /// The identifier of a component in its registry.
  static func identifier(of component: Component) -> String

  /// The plain data of a component.
  init(_ component: Component)

  /// A component that is only this data.
  var component: Component { get }

  /// Whether the component is offered only in grades that admit experiments.
  var isExperimental: Bool { get }
}

/// A descriptor that is an element of a platform document.
package protocol DocumentedComponent: ComponentDescriptor {
  /// The key of the document under which the components are listed: `capabilities`.
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
  /// - Throws: ``DocumentRefusal`` with everything that is wrong.
  package static func list(reading node: SourceNode) throws(DocumentRefusal) -> [Self] {
    try coding.list(reading: node, identifiedBy: identifierKey)
  }
}
