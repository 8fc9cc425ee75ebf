import OrderedCollections

/// An ordered collection of components, each registered under its identifier.
///
/// Components keep the order in which they were registered. A registry is a value: changes of a
/// copy do not affect the original.
///
/// ```swift
/// var capabilities = CapabilityRegistry()
/// try capabilities.register(.currentTime)
/// try capabilities.register(MyCapability())
/// capabilities.contains("current_time")  // true
/// capabilities.unregister("current_time")
/// ```
public struct Registry<Descriptor: ComponentDescriptor>: Sendable {
  /// A component of the registry, such as `any Capability`.
  public typealias Component = Descriptor.Component

  private var components: OrderedDictionary<String, Component> = [:]

  /// Creates an empty registry.
  public init() {}

  /// Creates a registry of components, in order.
  ///
  /// - Throws: ``RegistrationError`` if two of them have the same identifier.
  public init(_ components: some Sequence<Component>) throws(RegistrationError) {
    for component in components {
      try register(component)
    }
  }

  /// Adds a component at the end.
  ///
  /// The identifier is not checked here; ``PlatformDefinition/validate(grade:)`` reports one that
  /// does not match its grammar.
  ///
  /// - Throws: ``RegistrationError`` if the identifier is already registered. The registry is then
  ///   unchanged. Use ``replace(_:)`` to overwrite a component.
  public mutating func register(_ component: Component) throws(RegistrationError) {
    let identifier = Descriptor.identifier(of: component)
    guard components[identifier] == nil else {
      throw RegistrationError(noun: Descriptor.noun, identifier: identifier)
    }
    components[identifier] = component
  }

  /// Adds a component that consists only of its data, such as a stock one:
  /// `register(.currentTime)`.
  ///
  /// - Throws: ``RegistrationError`` if the identifier is already registered.
  public mutating func register(_ descriptor: Descriptor) throws(RegistrationError) {
    try register(descriptor.component)
  }

  /// Overwrites the component with the same identifier, or adds the component at the end.
  ///
  /// - Returns: The component that was replaced, or `nil` if there was none.
  @discardableResult
  public mutating func replace(_ component: Component) -> Component? {
    components.updateValue(component, forKey: Descriptor.identifier(of: component))
  }

  /// Removes the component with an identifier.
  ///
  /// - Returns: The component that was removed, or `nil` if there was none.
  @discardableResult
  public mutating func unregister(_ identifier: String) -> Component? {
    components.removeValue(forKey: identifier)
  }

  /// Removes all components that satisfy a condition; the others keep their order.
  public mutating func removeAll(where shouldBeRemoved: (Component) throws -> Bool) rethrows {
    try components.removeAll { try shouldBeRemoved($0.value) }
  }

  /// The component with an identifier, or `nil` if there is none.
  public subscript(identifier: String) -> Component? { components[identifier] }

  /// Whether a component with an identifier is registered.
  public func contains(_ identifier: String) -> Bool { components[identifier] != nil }

  /// The identifiers, in order.
  public var identifiers: [String] { Array(components.keys) }

  /// The plain data of every component, in order.
  public var descriptors: [Descriptor] { components.values.map(Descriptor.init) }
}

extension Registry: RandomAccessCollection {
  /// The position of the first component.
  public var startIndex: Int { 0 }
  /// The position after the last component.
  public var endIndex: Int { components.count }
  /// The component at a position.
  public subscript(position: Int) -> Component { components.values[position] }
}

/// A component cannot be registered, because its identifier is already registered.
public struct RegistrationError: Error, Equatable, CustomStringConvertible {
  /// The kind of component: `capability`.
  public let noun: String
  /// The identifier.
  public let identifier: String

  /// The error as a sentence.
  public var description: String { "\(noun) '\(identifier)' is already registered" }
}
