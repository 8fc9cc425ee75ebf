import Everruns

extension PlatformDefinition {
  /// The component of an id.
  ///
  /// - Throws: ``ControlError/notFound(noun:name:candidates:next:)``
  func existing<Family: ComponentNoun>(
    _ id: String, _: Family.Type
  ) throws -> Family.Component {
    let registry = self[keyPath: Family.registry]
    guard let component = registry.get(id) else {
      throw ControlError.notFound(
        noun: Family.noun, name: id, candidates: registry.identifiers, next: nil)
    }
    return component
  }
}
