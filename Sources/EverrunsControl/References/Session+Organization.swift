import Everruns
import EverrunsDocuments
import EverrunsStore

extension Session {
  /// The organization of a public id, or of a name if only one has it.
  func organization(_ word: String) throws -> Organization {
    let store = try storeOfRecords()
    let named = try store?.organizations(named: word) ?? []
    if let byID = named.first(where: { $0.publicID.hasSameBytes(as: word) }) { return byID }
    guard let first = named.first else {
      throw ControlError.notFound(
        noun: "organization", name: word,
        candidates: try store?.organizationNames().flatMap { [$0.publicID, $0.name] } ?? [],
        next: nil)
    }
    guard named.count == 1 else {
      throw ControlError.severalFound(
        noun: "organization", name: word, ids: named.map(\.publicID))
    }
    return first
  }
}
