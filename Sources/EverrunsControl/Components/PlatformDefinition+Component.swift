import Everruns

extension PlatformDefinition {
  /// The component of an id.
  ///
  /// - Throws: ``ControlError/notFound(noun:name:candidates:next:)``
  func existing<Descriptor: ComponentNoun>(
    _ id: String, _: Descriptor.Type
  ) throws -> Descriptor.Component {
    let registry = self[keyPath: Descriptor.registry]
    guard let component = registry[id] else {
      throw ControlError.notFound(
        noun: Descriptor.noun, name: id, candidates: registry.identifiers, next: nil)
    }
    return component
  }
}
