import EverrunsDocuments

extension Store {
  /// The organization with a public id, or with a name if only one organization has it.
  ///
  /// - Parameters:
  ///   - word: The public id or the name.
  ///   - next: What to do if there is no close match.
  ///   - failure: The error type of the program.
  /// - Returns: The organization.
  /// - Throws: ``ReferenceError/notFound(noun:name:candidates:next:)`` or
  ///   ``ReferenceError/severalFound(noun:name:ids:)``, or a `StoreError`, as the program's
  ///   error.
  package func organization<Failure: ProgramError>(
    _ word: String, next: String? = nil, failingAs failure: Failure.Type
  ) throws(Failure) -> Organization {
    let found = try Failure.asking(organizations(named: word))
    if let byID = found.first(where: { $0.publicID.hasSameBytes(as: word) }) { return byID }
    switch found.count {
    case 0:
      let names = try Failure.asking(organizationNames())
      throw Failure(
        ReferenceError.notFound(
          noun: "organization", name: word, candidates: names.flatMap { [$0.publicID, $0.name] },
          next: next))
    case 1: return found[0]
    default:
      throw Failure(
        ReferenceError.severalFound(
          noun: "organization", name: word, ids: found.map(\.publicID)))
    }
  }
}
