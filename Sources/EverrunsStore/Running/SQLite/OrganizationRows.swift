import Everruns
import EverrunsSeeding
import GRDB

/// Looks up rows of an organization by name.
struct OrganizationRows {
  /// The number of its row.
  let number: Int

  /// The organization of a public id.
  init(_ publicID: String, _ db: Database) throws {
    let query: SQL = "SELECT org_id FROM organizations WHERE public_id = \(publicID)"
    guard let number = try query.mapFirst(db, { $0.integer("org_id") }) else {
      throw RunStoreError.notFound(noun: "organization", name: publicID)
    }
    self.number = number
  }

  /// The id of the harness of a new session.
  ///
  /// - Parameters:
  ///   - word: The id or the name of the requested harness; `nil` for the setting or the role.
  ///   - purpose: The purpose of the session, which has a setting and a role.
  ///   - templates: The harness templates of the platform.
  ///   - db: The database.
  /// - Returns: The id of a harness of the organization.
  /// - Throws: ``RunStoreError/unknownReference(field:noun:name:)`` if the organization does not
  ///   have the requested one, ``RunStoreError/noHarness(_:)`` if none can be used.
  func harness(
    _ word: String?, for purpose: HarnessPurpose, templates: [BuiltInHarness], _ db: Database
  ) throws -> String {
    let query: SQL = """
      SELECT id, name, is_built_in, status FROM harnesses WHERE org_id = \(number) ORDER BY name
      """
    let harnesses = try query.map(db) { row in
      HarnessResolution.Harness(
        id: row.text("id") ?? "", name: row.text("name") ?? "",
        isBuiltIn: row.integer("is_built_in") != 0, isActive: row.text("status") == "active")
    }
    let requested = word.map { word in harnesses.first { $0.id == word }?.name ?? word }
    if let requested, !harnesses.contains(where: { $0.name == requested }) {
      throw RunStoreError.unknownReference(field: "harness_id", noun: "harness", name: requested)
    }
    let resolution = HarnessResolution(
      for: purpose, requested: requested, setting: try setting(for: purpose, db),
      among: harnesses, templates: templates)
    guard let harness = resolution.harness else {
      throw RunStoreError.noHarness(resolution.reasons)
    }
    return harness.id
  }

  /// The setting that names a harness for a purpose, if there is one that does.
  private func setting(
    for purpose: HarnessPurpose, _ db: Database
  ) throws -> HarnessResolution.Setting? {
    guard let setting = OrganizationSetting.ofHarnesses.first(where: { $0.role == purpose.role })
    else { return nil }
    let query: SQL = """
      SELECT \(sql: setting.column) AS harness FROM organization_settings WHERE org_id = \(number)
      """
    return try (query.mapFirst(db) { $0.text("harness") } ?? nil)
      .map { HarnessResolution.Setting(name: setting.rawValue, harnessID: $0) }
  }

  /// The id of an agent, by id or name.
  func agent(_ word: String, _ db: Database) throws -> String {
    let query: SQL = """
      SELECT id FROM agents
      WHERE org_id = \(number) AND (id = \(word) OR public_id = \(word) OR name = \(word))
      ORDER BY id = \(word) DESC, public_id = \(word) DESC, id LIMIT 1
      """
    return try id(query, field: "agent_id", noun: "agent", word, db)
  }

  /// The id of a model, by id or by its provider's name for it.
  func model(_ word: String, _ db: Database) throws -> String {
    let query: SQL = """
      SELECT id FROM llm_models
      WHERE org_id = \(number) AND (id = \(word) OR model_id = \(word))
      ORDER BY id = \(word) DESC, id LIMIT 1
      """
    return try id(query, field: "model_id", noun: "model", word, db)
  }

  private func id(
    _ query: SQL, field: String, noun: String, _ word: String, _ db: Database
  ) throws -> String {
    guard let id = try query.mapFirst(db, { $0.text("id") }) ?? nil else {
      throw RunStoreError.unknownReference(field: field, noun: noun, name: word)
    }
    return id
  }
}
