import Everruns
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// Lines that propose the commands which keep the rows of templates that look renamed.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - platform: Its definition; nothing is proposed for one that cannot be edited.
  /// - Returns: A line for each of the first renames.
  /// - Throws: Errors of reading the rows or the store.
  func proposedRenames(in plan: SeedPlan, of platform: LoadedPlatform) throws -> [String] {
    // Only a row that is created can look like one that left the definition.
    guard plan.summary[.harness, .create] > 0, try refusalToEdit(platform) == nil else { return [] }
    var renames = ProposedRenames()
    try plan.rows.read { renames.add($0) }
    return proposals(renames.all)
  }

}
