import EverrunsDocuments
import EverrunsStore
import Messages

extension Session {
  /// Notes the organizations that already have a name, because it becomes ambiguous.
  ///
  /// - Throws: ``ControlError`` if the store cannot be read.
  func noteNamesakes(of name: String) throws {
    for organization in try storeForReading()?.organizations(named: name) ?? []
    where organization.name.hasSameBytes(as: name) {
      note("an organization named \(name.quoted) already exists: \(organization.publicID)")
    }
  }
}
