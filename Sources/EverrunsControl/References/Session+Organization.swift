import Everruns
import EverrunsDocuments
import EverrunsStore

extension Session {
  /// The organization of a public id, or of a name if only one has it.
  func organization(_ word: String) throws(ControlError) -> Organization {
    guard let store = try storeOfRecords() else {
      throw .notFound(noun: "organization", name: word, candidates: [])
    }
    return try store.organization(word, failingAs: ControlError.self)
  }
}
