#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding

  /// Finds the organizations in a range that differ from the desired state.
  ///
  /// False positives are harmless: the working copy determines what differs and what to do.
  struct OrganizationFilter {
    /// The query; `$1` and `$2` are the bounds of the range.
    let query: String
    /// The other parameters of the query.
    let parameters: [String?]

    /// Creates a filter; `nil` if the server cannot store the desired state, so that every
    /// organization differs.
    init?(_ desired: SeedDesiredState) {
      var values = Parameters(after: 2)
      let ordinals = desired.harnessOrdinals
      let templates = desired.harnesses.enumerated().map { ordinal, harness in
        [
          "\(ordinal)", values.add(harness.template.name), values.add(harness.template.displayName),
          values.add(harness.template.description), values.add(harness.template.systemPrompt),
          values.add(ServerArray.texts(harness.template.tags), "text[]"),
          harness.parent.flatMap { ordinals[$0] }.map(String.init) ?? "NULL::int",
          "\(harness.capabilities.count)",
        ]
      }
      let capabilities = desired.harnesses.enumerated().flatMap { ordinal, harness in
        harness.capabilities.enumerated().map { position, capability in
          [
            "\(ordinal)", "\(position)", values.add(capability.ref),
            values.add(JSONValue.object(capability.config).canonicalJSON, "jsonb"),
          ]
        }
      }
      guard !values.values.contains(where: { $0?.utf8.contains(0) ?? false }),
        !desired.harnesses.flatMap(\.capabilities).contains(where: Self.holdsNull)
      else { return nil }
      parameters = values.values
      query = """
        WITH template (ordinal, name, display_name, description, system_prompt, tags, parent,
          capabilities) AS (\(Self.rows(templates, of: Self.templateTypes))),
        capability (ordinal, position, capability_id, config)
          AS (\(Self.rows(capabilities, of: Self.capabilityTypes))),
        found AS MATERIALIZED (
          SELECT h.org_id, h.id, template.ordinal, h.is_built_in, h.parent_harness_id,
            template.parent, template.capabilities,
            h.is_built_in AND h.status = 'active' AND h.tags = template.tags
              AND h.display_name IS NOT DISTINCT FROM template.display_name
              AND h.description IS NOT DISTINCT FROM template.description
              AND h.system_prompt IS NOT DISTINCT FROM template.system_prompt AS is_same
          FROM harnesses h LEFT JOIN template ON template.name = h.name
          WHERE h.org_id BETWEEN $1 AND $2 AND h.status <> 'deleted'),
        matched AS (
          SELECT c.harness_id, count(*) AS held,
            count(*) FILTER (WHERE c.position = capability.position
              AND (record_image_eq(row(c.config), row(capability.config))
                OR c.config = capability.config)) AS equal
          FROM found JOIN harness_capabilities c ON c.harness_id = found.id
          LEFT JOIN capability ON capability.ordinal = found.ordinal
            AND capability.capability_id = c.capability_id
          WHERE found.is_same GROUP BY c.harness_id),
        organization AS (
          SELECT found.org_id, count(*) FILTER (WHERE found.is_built_in) AS built_in,
            count(*) FILTER (WHERE found.is_same
              AND coalesce(matched.held, 0) = found.capabilities
              AND coalesce(matched.equal, 0) = found.capabilities
              AND CASE WHEN found.parent IS NULL THEN found.parent_harness_id IS NULL
                ELSE parent.is_built_in AND found.parent_harness_id = parent.id END) AS exact
          FROM found LEFT JOIN matched ON matched.harness_id = found.id
          LEFT JOIN found parent
            ON parent.org_id = found.org_id AND parent.ordinal = found.parent
          GROUP BY found.org_id)
        SELECT o.org_id FROM organizations o
        LEFT JOIN organization ON organization.org_id = o.org_id
        LEFT JOIN organization_settings s ON s.org_id = o.org_id
        \(Self.settings(desired, ordinals).joins)
        WHERE o.org_id BETWEEN $1 AND $2
          AND (coalesce(organization.built_in, 0) <> \(desired.harnesses.count)
            OR coalesce(organization.exact, 0) <> \(desired.harnesses.count)
            \(Self.settings(desired, ordinals).conditions))
        """
    }

    private static let templateTypes = [
      "int", "text", "text", "text", "text", "text[]", "int", "int",
    ]
    private static let capabilityTypes = ["int", "int", "text", "jsonb"]

    /// Joins for the harnesses that settings should name, and conditions for settings that differ.
    private static func settings(
      _ desired: SeedDesiredState, _ ordinals: [String: Int]
    ) -> (joins: String, conditions: String) {
      var joins = ""
      var conditions = ""
      for (index, setting) in desired.harnessSettings.enumerated() {
        let column = "s.\(setting.setting.column)"
        guard let ordinal = setting.harness.flatMap({ ordinals[$0] }) else {
          conditions += " OR \(column) IS NOT NULL"
          continue
        }
        joins += """
          LEFT JOIN found chosen\(index)
            ON chosen\(index).org_id = o.org_id AND chosen\(index).ordinal = \(ordinal)

          """
        conditions += " OR \(column) IS DISTINCT FROM chosen\(index).id"
      }
      return (joins, conditions)
    }

    /// A query for literal rows; it may be empty.
    private static func rows(_ rows: [[String]], of types: [String]) -> String {
      guard !rows.isEmpty else {
        return "SELECT \(types.map { "NULL::\($0)" }.joined(separator: ", ")) WHERE false"
      }
      return "VALUES " + rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ", ")
    }

    /// Whether a capability's configuration contains U+0000, which the server's JSON cannot.
    private static func holdsNull(_ capability: CapabilityUse) -> Bool {
      JSONValue.object(capability.config).canonicalJSON.contains(#"\u0000"#)
    }
  }

  /// The parameters of a query under construction.
  private struct Parameters {
    private let offset: Int
    private(set) var values: [String?] = []

    /// - Parameter offset: The number of parameters before these.
    init(after offset: Int) {
      self.offset = offset
    }

    /// Adds a value and returns its placeholder.
    mutating func add(_ value: String?, _ type: String = "text") -> String {
      values.append(value)
      return "$\(offset + values.count)::\(type)"
    }
  }
#endif
