import Everruns
import EverrunsDocuments
import EverrunsStore

extension Session {
  /// The organization with a public id, or with a name if only one has it.
  func organization(_ word: String) throws(ControlError) -> Organization {
    guard let store = try storeOfRecords() else {
      throw .notFound(noun: "organization", name: word, candidates: [])
    }
    return try store.organization(word, failingAs: ControlError.self)
  }
}
