import Everruns
import EverrunsDocuments

extension PlatformDefinition {
  /// The template with a name; `next` is what to do about an unknown one.
  func existingHarness(_ name: String, next: String) throws -> BuiltInHarness {
    guard let harness = harness(named: name) else {
      throw ControlError.notFound(
        noun: "harness", name: name, candidates: builtInHarnesses.map(\.name),
        next: next)
    }
    return harness
  }

  /// The templates with certain names, in that order; `next` is what to do about unknown ones.
  ///
  /// - Throws: ``ControlError`` with every unknown name.
  func existingHarnesses(_ names: [String], next: String) throws -> [BuiltInHarness] {
    let harnesses = harnessesByName
    try ControlError.checkAllExist(
      names, among: builtInHarnesses.map(\.name), noun: "harness", plural: "harnesses",
      next: next)
    return names.compactMap { harnesses[$0] }
  }
}
