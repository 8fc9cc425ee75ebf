import EverrunsDocuments
import EverrunsStore
import Messages

extension Session {
  /// Notes the organizations that already have one of some names, because it becomes ambiguous.
  ///
  /// - Throws: ``ControlError`` if the store cannot be read.
  func noteNamesakes(of names: [String]) throws {
    let wanted = Set(names.map(ExactText.init))
    for (publicID, name) in try storeForReading()?.organizationNames() ?? []
    where wanted.contains(ExactText(name)) {
      note("an organization named \(name.quoted) already exists: \(publicID)")
    }
  }
}
