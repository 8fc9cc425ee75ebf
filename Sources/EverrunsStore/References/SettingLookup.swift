import EverrunsDocuments
package import EverrunsSeeding

extension Store {
  /// The id of the harness or model that a setting of an organization is to reference.
  ///
  /// - Parameters:
  ///   - word: The name of the harness, or the model's name at its provider; or the id.
  ///   - setting: The setting, which decides between harnesses and models.
  ///   - organization: The organization, whose rows are searched.
  ///   - next: What to do if there is no close match.
  ///   - failure: The error type of the program.
  /// - Returns: The id of the row.
  /// - Throws: ``ReferenceError/notFound(noun:name:candidates:next:)`` or
  ///   ``ReferenceError/severalFound(noun:name:ids:)``, or a ``StoreError``, as the program's
  ///   error.
  package func recordID<Failure: ProgramError>(
    _ word: String, for setting: OrganizationSetting, of organization: Organization,
    next: String? = nil, failingAs failure: Failure.Type
  ) throws(Failure) -> String {
    let kind: RecordKind = setting == .defaultModel ? .llmModel : .harness
    let key = setting == .defaultModel ? "model_id" : "name"
    let rows = try Failure.asking(records(kind, organization: organization.orgID))
    let ids = rows.filter { $0[key] == .string(word) || $0["id"] == .string(word) }
      .compactMap { $0.text("id") }
    guard let id = ids.first else {
      throw Failure(
        ReferenceError.notFound(
          noun: kind.noun, name: word, candidates: rows.compactMap { $0.text(key) }, next: next))
    }
    guard ids.count == 1 else {
      throw Failure(ReferenceError.severalFound(noun: kind.noun, name: word, ids: ids))
    }
    return id
  }
}
