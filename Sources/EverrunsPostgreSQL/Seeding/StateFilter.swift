#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  /// Finds the organizations in a range that have a certain state.
  struct StateFilter {
    /// The query up to the condition; `$1` and `$2` are the bounds of the range.
    ///
    /// An aggregate has the condition, so that the planner does not take it for a selective one and
    /// nest loops.
    private let beginning: String
    /// The condition that an organization has another state.
    private let differs: String
    /// The rest of the query.
    private let end: String
    /// The other parameters of the query.
    private let parameters: [String?]

    /// Creates a filter.
    ///
    /// - Parameters:
    ///   - state: The state; harnesses that are not built-in are ignored.
    ///   - tables: The control plane's tables in this database.
    ///   - reserved: The names that an organization's own harness must not have.
    ///   - comparesDigests: Whether the last-applied templates must be the same.
    init(
      _ state: OrganizationState, in tables: ServerTables, reserved: [String],
      comparesDigests: Bool
    ) {
      var values = Parameters(after: 2)
      let harnesses = state.harnesses.filter(\.isBuiltIn)
      let ordinals = Dictionary(
        harnesses.enumerated().map { ($0.element.name, $0.offset) },
        uniquingKeysWith: { first, _ in first })
      func ordinal(_ reference: OrganizationState.Reference?) -> Int? {
        if case .named(let name)? = reference { ordinals[name] } else { nil }
      }
      let columns = OrganizationState.columns
      let types = columns.map { tables.type(of: $0.name, in: "harnesses") }
      let templates = values.add(
        rows: harnesses.enumerated().map { number, harness in
          ["\(number)", harness.name, harness.digest, ordinal(harness.parent).map(String.init)]
            + tables.values(harness.values, of: columns, in: "harnesses")
        }, of: ["int", "text", "text", "int"] + types)
      let capabilities = harnesses.enumerated().flatMap { number, harness in
        harness.capabilities.map { ["\(number)"] + $0 }
      }
      let capabilityRows = values.add(
        rows: capabilities, of: ["int"] + OrganizationState.capabilityColumns.map(\.serverType))
      // A join would read the digests of all organizations.
      let digest = """
        (SELECT digest FROM \(OwnSchema.digests) applied WHERE applied.harness_id = h.id)
        """
      let isSame =
        columns.map { "h.\($0.name) IS NOT DISTINCT FROM template.\($0.name)" }
        + (comparesDigests ? ["\(digest) IS NOT DISTINCT FROM template.digest"] : [])
      let own = values.add(ServerArray.texts(reserved), "text[]")
      let settings = state.settings.sorted { $0.key < $1.key }
        .map { Self.isRight($0.key, ordinal: ordinal($0.value)) }
      beginning = """
        WITH template (ordinal, name, digest, parent,
          \(columns.map(\.name).joined(separator: ", "))) AS (\(templates)),
        capability (ordinal, \(OrganizationState.capabilityColumns.map(\.name)
          .joined(separator: ", "))) AS (\(capabilityRows)),
        found AS MATERIALIZED (
          SELECT h.org_id, h.id, template.ordinal, h.is_built_in, h.parent_harness_id,
            template.parent, NOT h.is_built_in AND h.name = ANY (\(own)) AS is_own,
            \(isSame.joined(separator: " AND ")) AS is_same
          FROM harnesses h LEFT JOIN template ON template.name = h.name
          WHERE h.org_id BETWEEN $1 AND $2 AND \(tables.isThere("harnesses", as: "h"))),
        matched AS (
          SELECT found.org_id, count(*) AS held,
            count(*) FILTER (WHERE c.position = capability.position
              AND c.config = capability.config) AS equal
          FROM found JOIN harness_capabilities c ON c.harness_id = found.id
          LEFT JOIN capability ON capability.ordinal = found.ordinal
            AND capability.capability_id = c.capability_id
          WHERE found.is_same GROUP BY found.org_id),
        organization AS (
          SELECT o.org_id, count(*) FILTER (WHERE found.is_built_in OR found.is_own) AS held,
            count(*) FILTER (WHERE found.is_same
              AND CASE WHEN found.parent IS NULL THEN found.parent_harness_id IS NULL
                ELSE parent.is_built_in AND found.parent_harness_id = parent.id END) AS exact,
            \((["true"] + settings).joined(separator: " AND ")) AS is_set
          FROM organizations o
          LEFT JOIN organization_settings s
            ON s.org_id = o.org_id AND s.org_id BETWEEN $1 AND $2
          LEFT JOIN found ON found.org_id = o.org_id
          LEFT JOIN found parent
            ON parent.org_id = found.org_id AND parent.ordinal = found.parent
          WHERE o.org_id BETWEEN $1 AND $2
          GROUP BY o.org_id)
        SELECT array_agg(organization.org_id) FILTER (WHERE
        """
      // All harnesses together have as many capabilities as all templates, and all of these are
      // equal: then each has its own, since no harness has one twice.
      differs = """
        (organization.held <> \(harnesses.count) OR organization.exact <> \(harnesses.count)
          OR coalesce(matched.held, 0) <> \(capabilities.count)
          OR coalesce(matched.equal, 0) <> \(capabilities.count) OR NOT organization.is_set)
        """
      end = """
        ) FROM organization LEFT JOIN matched ON matched.org_id = organization.org_id
        """
      parameters = values.values
    }

    /// The organizations in a range that have the state.
    func matching(in range: ClosedRange<Int>, _ connection: ServerConnection) throws -> [Int] {
      try numbers("NOT \(differs)", range, connection)
    }

    /// The organizations in a range that have another state.
    func differing(in range: ClosedRange<Int>, _ connection: ServerConnection) throws -> [Int] {
      try numbers(differs, range, connection)
    }

    private func numbers(
      _ condition: String, _ range: ClosedRange<Int>, _ connection: ServerConnection
    ) throws -> [Int] {
      let found = try connection.first(
        "\(beginning) \(condition)\(end)",
        ["\(range.lowerBound)", "\(range.upperBound)"] + parameters
      ) { $0.text(0) }
      return ServerArray.numbers(in: (found ?? nil) ?? "{}")
    }

    /// The condition, over the harnesses of an organization, that a setting names the right one.
    ///
    /// - Parameters:
    ///   - setting: The column.
    ///   - ordinal: The ordinal of the harness; `nil` if the setting names none.
    /// - Returns: An aggregate.
    private static func isRight(_ setting: String, ordinal: Int?) -> String {
      guard let ordinal else { return "bool_and(s.\(setting) IS NULL)" }
      return """
        coalesce(bool_or(found.ordinal = \(ordinal) AND found.id = s.\(setting)), false)
        """
    }
  }
#endif
