import EverrunsDocuments
import EverrunsStore
import Messages

extension Session {
  /// Notes the organizations that already have one of some names, because it becomes ambiguous.
  ///
  /// - Throws: ``ControlError`` if the store cannot be read.
  func noteNamesakes(of names: [String]) throws {
    // Names that differ only in normalization are equal.
    let wanted = Dictionary(firstByKey: names.map { ($0, $0) })
    for (publicID, name) in try storeForReading()?.organizationNames() ?? [] {
      guard let given = wanted[name] else { continue }
      note(
        "an organization named \(name.quoted) already exists: \(publicID)"
          + (given.hasSameBytes(as: name)
            ? "" : " (the names differ only in Unicode normalization)"))
    }
  }
}
