import Everruns
import EverrunsDocuments
import EverrunsStore

extension Session {
  /// The organization with a public id, or with a name if only one has it.
  func organization(_ word: String) throws(ControlError) -> Organization {
    let next = listing("orgs", about: .store)
    guard let store = try storeOfRecords() else {
      throw .notFound(noun: "organization", name: word, candidates: [], next: next)
    }
    return try store.organization(word, next: next, failingAs: ControlError.self)
  }

  /// Finds the organization of each word.
  ///
  /// - Parameters:
  ///   - words: Public ids or names.
  ///   - find: Finds one of them, as ``organization(_:)`` does.
  /// - Returns: The results of `find`, in order.
  /// - Throws: An error that names every word without an organization, and every one that several
  ///   have.
  func organizations<Found>(
    _ words: [String], _ find: (String) throws(ControlError) -> Found
  ) throws -> [Found] {
    var found: [Found] = []
    var missing: [String] = []
    var ambiguous: [ReferenceError] = []
    for word in words {
      do throws(ControlError) {
        found.append(try find(word))
      } catch .reference(.notFound) {
        if !missing.contains(word) { missing.append(word) }
      } catch .reference(let error) {
        if !ambiguous.contains(error) { ambiguous.append(error) }
      } catch {
        throw error
      }
    }
    let names = try missing.isEmpty ? [] : storeOfRecords()?.organizationNames() ?? []
    let unknown = ControlError.missingNames(
      missing, notIn: names.flatMap { [$0.publicID, $0.name] }, noun: "organization",
      plural: "organizations", next: listing("orgs", about: .store))
    try ControlError.check([unknown] + ambiguous)
    return found
  }
}
