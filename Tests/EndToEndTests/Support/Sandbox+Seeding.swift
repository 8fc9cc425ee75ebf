import StoreTesting
import Testing

/// What tests of seeding start with: a platform and a catalog that are small enough to be read.
extension Sandbox {
  /// Organization 2 and those after it, by public id.
  static func organization(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "org_" + String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// Writes a platform with two harnesses, a capability and a driver.
  ///
  /// - Parameters:
  ///   - name: The name of the file.
  ///   - prompt: The system prompt of the harness `base`.
  ///   - more: More lines at the end of the file.
  /// - Throws: An error if the file cannot be written.
  func writePlatform(_ name: String = "p.yaml", prompt: String = "Help.", more: String = "") throws
  {
    try write(
      name,
      """
      format: everruns.platform/v1
      capabilities:
        - {id: web, name: Web}
      drivers:
        - {provider_type: openai, display_name: OpenAI}
      connection_providers: []
      built_in_harnesses:
        - {name: chat, display_name: Chat, system_prompt: Chat., parent: base, roles: [chat]}
        - name: base
          display_name: Base
          system_prompt: \(prompt)
          roles: [base, default]
          capabilities: [web]
      \(more)
      """)
  }

  /// Writes the catalog `c.yaml`: a provider with a model, a server, an agent.
  func writeCatalog(_ name: String = "c.yaml", replacing old: String = "", with new: String = "")
    throws
  {
    let text = """
      format: everruns.seed-catalog/v1
      organization: {org_id: 1, public_id: \(Self.organization(1)), name: Home}
      llm_providers:
        - {id: 00000000-0000-7000-8000-000000000001, name: Open AI, provider_type: openai}
      llm_models:
        - {id: 00000000-0000-7000-8000-000000000002, provider_id: 00000000-0000-7000-8000-000000000001, model_id: gpt, display_name: GPT}
      default_model: {id: 00000000-0000-7000-8000-000000000002, model_id: gpt, provider_id: 00000000-0000-7000-8000-000000000001}
      mcp_servers:
        - {id: 00000000-0000-7000-8000-000000000003, name: learn, url: "https://example.org"}
      agents:
        - id: 00000000-0000-7000-8000-000000000004
          name: helper
          display_name: Helper
          system_prompt: Help.
          capabilities: ["mcp:00000000-0000-7000-8000-000000000003", web]

      """
    try write(name, old.isEmpty ? text : text.replacing(old, with: new))
  }

  /// Creates a store with a number of organizations, including the default one, and seeds it with
  /// both.
  func seed(_ organizations: Int = 1) throws {
    try writePlatform()
    try writeCatalog()
    try Self.seededStores.put(organizations, at: store) {
      try run("store init -q").expect(out: nil)
      try addOrganizations(organizations)
      try run("seed apply -y -q -p ./p.yaml --catalog c.yaml").expect(out: nil)
    }
  }

  /// The stores of a number of organizations.
  private static let seededStores = KeptStores<Int>()

  /// Makes organizations by plain SQL, up to a number.
  func addOrganizations(_ number: Int) throws {
    guard number > 1 else { return }
    try sql(
      """
      with recursive n (i) as (select 2 union all select i + 1 from n where i < \(number))
      insert into organizations (org_id, public_id, name)
      select i, printf('org_%032x', i), 'Org ' || i from n
      """)
  }

  /// The rows of a plan that are not simply as they should be: action, reason and address.
  func differences(_ options: String = "") throws -> [String] {
    try run("seed preview -p ./p.yaml --catalog c.yaml -o json \(options)").json()["rows"].elements
      .filter { $0["action"] != "unchanged" }
      .map { row in
        [row["action"], row["reason"]["code"], row["address"]].compactMap(\.text)
          .joined(separator: " ")
      }
  }
}
