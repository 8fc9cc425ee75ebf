public import EverrunsDocuments
import OrderedCollections

/// What makes a family of components one that a registry can hold.
///
/// A family says what its components are called, how each is identified, and what a component is
/// as plain data. Everything that treats capabilities, drivers and connection providers alike is
/// written once against this protocol.
public protocol ComponentFamily: Sendable {
  /// The components, usually an existential such as `any Capability`.
  associatedtype Component: Sendable
  /// The plain data of a component: what documents carry and comparisons look at.
  associatedtype Descriptor: Sendable

  /// What one component is called in sentences: `capability`.
  static var noun: String { get }
  /// The key under which a document lists the components: `capabilities`.
  static var documentKey: String { get }
  /// The key that identifies a component in a document: `id`.
  static var identifierKey: String { get }
  /// The grammar of the identifiers.
  static var identifierGrammar: IdentifierGrammar { get }
  /// How a descriptor is written in a document.
  static var coding: ObjectCoding<Descriptor> { get }

  /// What identifies a component in its registry.
  static func identifier(of component: Component) -> String
  /// The plain data of a component.
  static func descriptor(of component: Component) -> Descriptor
  /// A component that is nothing but its data, as documents yield them.
  static func component(from descriptor: Descriptor) -> Component
  /// Whether a component is only offered where experiments are.
  static func isExperimental(_ component: Component) -> Bool
}

extension ComponentFamily {
  /// Reads the plain data of one component, or of an array of them.
  ///
  /// - Throws: ``DocumentRefusal`` with everything that is wrong.
  public static func descriptors(
    reading node: SourceNode
  ) throws(DocumentRefusal) -> [Descriptor] {
    try coding.list(reading: node, identifiedBy: identifierKey)
  }
}

/// An ordered collection of components, each registered under its identifier.
///
/// Components keep the order in which they were registered. A registry is a value: a copy given
/// to a worker is not changed by what happens to the original.
///
/// ```swift
/// var capabilities = CapabilityRegistry()
/// try capabilities.register(CurrentTime())
/// let removed = capabilities.unregister("current_time")
/// ```
public struct Registry<Family: ComponentFamily>: Sendable {
  private var components: OrderedDictionary<String, Family.Component> = [:]

  /// An empty registry.
  public init() {}

  /// A registry of these components, in their order.
  ///
  /// - Throws: ``RegistrationError`` if two of them share an identifier.
  public init(_ components: some Sequence<Family.Component>) throws(RegistrationError) {
    for component in components {
      try register(component)
    }
  }

  /// Adds a component at the end.
  ///
  /// - Throws: ``RegistrationError`` if its identifier is taken; the registry stays as it was.
  ///   Use ``replace(_:)`` to put one component in the place of another.
  public mutating func register(_ component: Family.Component) throws(RegistrationError) {
    let identifier = Family.identifier(of: component)
    guard components[identifier] == nil else {
      throw RegistrationError(noun: Family.noun, identifier: identifier)
    }
    components[identifier] = component
  }

  /// Puts a component in the place of the one with its identifier, or at the end if there is none.
  ///
  /// - Returns: the component that was replaced.
  @discardableResult
  public mutating func replace(_ component: Family.Component) -> Family.Component? {
    components.updateValue(component, forKey: Family.identifier(of: component))
  }

  /// Removes the component with an identifier.
  ///
  /// - Returns: the component that was removed, or `nil` if there was none.
  @discardableResult
  public mutating func unregister(_ identifier: String) -> Family.Component? {
    components.removeValue(forKey: identifier)
  }

  /// Removes all components that a condition holds for; the others keep their order.
  public mutating func removeAll(
    where shouldBeRemoved: (Family.Component) throws -> Bool
  ) rethrows {
    try components.removeAll { try shouldBeRemoved($0.value) }
  }

  /// The component with an identifier, if there is one.
  public func get(_ identifier: String) -> Family.Component? {
    components[identifier]
  }

  /// Whether a component with this identifier is registered.
  public func has(_ identifier: String) -> Bool {
    components[identifier] != nil
  }

  /// The identifiers, in order.
  public var identifiers: [String] { Array(components.keys) }

  /// The plain data of every component, in order.
  public var descriptors: [Family.Descriptor] { components.values.map(Family.descriptor) }

  /// The registry without the components that are only offered where experiments are, unless the
  /// grade admits them.
  public func admitted(in grade: Grade) -> Registry {
    guard !grade.admitsExperiments else { return self }
    var copy = self
    copy.removeAll(where: Family.isExperimental)
    return copy
  }
}

extension Registry: RandomAccessCollection {
  /// The position of the first component.
  public var startIndex: Int { 0 }
  /// The position after the last component.
  public var endIndex: Int { components.count }
  /// The component at a position.
  public subscript(position: Int) -> Family.Component { components.values[position] }
}

/// The refusal to register a second component under an identifier that is taken.
public struct RegistrationError: Error, Equatable, CustomStringConvertible {
  /// What the component is: `capability`.
  public let noun: String
  /// The identifier that is taken.
  public let identifier: String

  /// The refusal as a sentence.
  public var description: String { "\(noun) '\(identifier)' is already registered" }
}
