import Everruns

extension PlatformDefinition {
  /// The components with certain ids, in that order; `next` is what to do about unknown ones.
  ///
  /// - Throws: ``ControlError`` with every id that is not registered.
  func existing<Descriptor: ComponentNoun>(
    _ ids: [String], _: Descriptor.Type, next: String
  ) throws -> [Descriptor.Component] {
    let registry = self[keyPath: Descriptor.registry]
    try ControlError.checkAllExist(
      ids, among: registry.identifiers, noun: Descriptor.noun, plural: Descriptor.command,
      next: next)
    return ids.compactMap { registry[$0] }
  }
}
