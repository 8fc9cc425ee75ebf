import Everruns

extension PlatformDefinition {
  /// The template of a name.
  func existingHarness(_ name: String) throws -> BuiltInHarness {
    guard let harness = harness(named: name) else {
      throw ControlError.notFound(
        noun: "harness", name: name, candidates: builtInHarnesses.map(\.name),
        next: nil)
    }
    return harness
  }
}
