import Everruns

extension PlatformDefinition {
  /// The components with certain ids, in that order.
  ///
  /// - Throws: ``ControlError`` with every id that is not registered.
  func existing<Descriptor: ComponentNoun>(
    _ ids: [String], _: Descriptor.Type
  ) throws -> [Descriptor.Component] {
    let registry = self[keyPath: Descriptor.registry]
    try ControlError.checkAllExist(
      ids, among: registry.identifiers, noun: Descriptor.noun, plural: Descriptor.command)
    return ids.compactMap { registry[$0] }
  }
}
