import Everruns

extension PlatformDefinition {
  /// The template with a name.
  func existingHarness(_ name: String) throws -> BuiltInHarness {
    guard let harness = harness(named: name) else {
      throw ControlError.notFound(
        noun: "harness", name: name, candidates: builtInHarnesses.map(\.name),
        next: "'harnesses list' lists them")
    }
    return harness
  }

  /// The templates with certain names, in that order.
  ///
  /// - Throws: ``ControlError`` with every unknown name.
  func existingHarnesses(_ names: [String]) throws -> [BuiltInHarness] {
    let harnesses = Dictionary(
      builtInHarnesses.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    try ControlError.checkAllExist(
      names, among: builtInHarnesses.map(\.name), noun: "harness", plural: "harnesses")
    return names.compactMap { harnesses[$0] }
  }
}
