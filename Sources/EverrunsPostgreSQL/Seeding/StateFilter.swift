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
    private static let end = ") FROM organization"
    /// The other parameters of the query.
    private let parameters: [String?]

    /// Creates a filter; `nil` if the state has capabilities at unusual positions, which cannot be
    /// compared quickly.
    ///
    /// - Parameters:
    ///   - state: The state; harnesses that are not built-in are ignored.
    ///   - tables: The control plane's tables in this database.
    ///   - reserved: The names that an organization's own harness must not have.
    ///   - comparesDigests: Whether the last-applied templates must be the same.
    init?(
      _ state: OrganizationState, in tables: ServerTables, reserved: [String],
      comparesDigests: Bool
    ) {
      var values = Parameters(after: 2)
      let harnesses = state.harnesses.filter(\.isBuiltIn)
      let placed = harnesses.compactMap { PlacedCapabilities($0.capabilities) }
      guard placed.count == harnesses.count else { return nil }
      let names = Set(harnesses.map(\.name))
      func name(_ reference: OrganizationState.Reference) -> String? {
        if case .named(let name) = reference, names.contains(name) { name } else { nil }
      }
      let columns = OrganizationState.columns
      let types = columns.map { tables.type(of: $0.name, in: "harnesses") }
      let templates = values.add(
        rows: zip(harnesses, placed).map { harness, capabilities in
          [
            harness.name, harness.digest, name(harness.parent), "\(harness.capabilities.count)",
            capabilities.ids, capabilities.configs,
          ] + tables.values(harness.values, of: columns, in: "harnesses")
        }, of: ["text", "text", "text", "int", "text[]", "jsonb[]"] + types)
      let own = values.add(ServerArray.texts(reserved), "text[]")
      let isSame =
        zip(columns, types).map { column, type in
          let held = Self.bytewise("h.\(column.name)", of: type)
          return "\(held) IS NOT DISTINCT FROM template.\(column.name)"
        }
        // A join would read the digests of all organizations.
        + (comparesDigests
          ? [
            """
            (SELECT digest FROM \(OwnSchema.digests) applied WHERE applied.harness_id = h.id)
              IS NOT DISTINCT FROM template.digest
            """
          ] : [])
      let parents = Set(harnesses.compactMap { name($0.parent) }).sorted()
      let links =
        state.settings.sorted { $0.key < $1.key }
        .map { Self.isRight($0.key, name($0.value), &values) }
        + parents.map { Self.isParentOfChildren($0, &values) }
      // No harness has a capability twice: if as many match as the template has, all of them match.
      beginning = """
        WITH template (name, digest, parent, count, ids, configs,
          \(columns.map(\.name).joined(separator: ", "))) AS (\(templates)),
        organization AS (
          SELECT o.org_id, count(*) FILTER (WHERE found.is_held) AS held,
            count(*) FILTER (WHERE found.is_exact) AS exact,
            \((["true"] + links).joined(separator: " AND ")) AS is_linked
          FROM organizations o
          LEFT JOIN organization_settings s
            ON s.org_id = o.org_id AND s.org_id BETWEEN $1 AND $2
          LEFT JOIN (
            SELECT h.org_id, h.id, h.parent_harness_id, template.name, template.parent,
              h.is_built_in OR h.name = ANY (\(own)) AS is_held,
              \(isSame.joined(separator: " AND "))
              AND (h.parent_harness_id IS NULL) = (template.parent IS NULL)
              AND (
                SELECT count(*) = template.count AND count(*) FILTER (
                  WHERE \(Self.bytewise("c.capability_id")) = template.ids[c.position]
                    AND template.configs[c.position] = c.config) = template.count
                FROM harness_capabilities c WHERE c.harness_id = h.id) AS is_exact
            FROM harnesses h LEFT JOIN template ON \(Self.bytewise("h.name")) = template.name
            WHERE h.org_id BETWEEN $1 AND $2 AND \(tables.isThere("harnesses", as: "h"))
            OFFSET 0) found ON found.org_id = o.org_id
          WHERE o.org_id BETWEEN $1 AND $2
          GROUP BY o.org_id)
        SELECT array_agg(organization.org_id) FILTER (WHERE
        """
      differs = """
        (organization.held <> \(harnesses.count) OR organization.exact <> \(harnesses.count)
          OR NOT organization.is_linked)
        """
      parameters = values.values
    }

    /// A value in a form that is compared byte by byte, which takes a fifth off the comparison.
    private static func bytewise(_ value: String, of type: String = "text") -> String {
      ["text", "text[]", "character varying"].contains(type) ? "\(value) COLLATE \"C\"" : value
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
        "\(beginning) \(condition)\(Self.end)",
        ["\(range.lowerBound)", "\(range.upperBound)"] + parameters
      ) { $0.text(0) }
      return ServerArray.numbers(in: (found ?? nil) ?? "{}")
    }

    /// The condition, over the harnesses of an organization, that a setting names the right one.
    ///
    /// - Parameters:
    ///   - setting: The column.
    ///   - harness: The name of the harness; `nil` if the setting names none.
    ///   - values: The parameters of the query.
    /// - Returns: An aggregate.
    private static func isRight(
      _ setting: String, _ harness: String?, _ values: inout Parameters
    ) -> String {
      guard let harness else { return "bool_and(s.\(setting) IS NULL)" }
      return """
        coalesce(bool_or(found.id = s.\(setting) AND found.name = \(values.add(harness))), false)
        """
    }

    /// The condition, over the harnesses of an organization, that those whose template has a parent
    /// reference the harness of that name.
    ///
    /// The rows are there already: looking each parent up would take a sixth of the query's time.
    private static func isParentOfChildren(_ name: String, _ values: inout Parameters) -> String {
      let name = values.add(name)
      return """
        coalesce((array_agg(found.id) FILTER (WHERE found.name = \(name)))[1] =
          ALL (array_agg(found.parent_harness_id) FILTER (WHERE found.parent = \(name))), false)
        """
    }
  }

  /// The capabilities of a harness as arrays in which the index of each is its position.
  private struct PlacedCapabilities {
    let ids: String
    let configs: String

    /// The highest position in the arrays, whose elements the server steps through.
    private static let highest = 1000

    /// Creates the arrays; `nil` if two capabilities have the same position, or one has a negative
    /// or very high one.
    init?(_ capabilities: [[String?]]) {
      let names = OrganizationState.capabilityColumns.map(\.name)
      var placed: [[String: String]] = []
      for values in capabilities {
        var row: [String: String] = [:]
        for (name, value) in zip(names, values) { row[name] = value }
        guard let position = row["position"].flatMap({ Int($0) }),
          (placed.count...max(placed.count, Self.highest)).contains(position)
        else { return nil }
        while placed.count < position { placed.append([:]) }
        placed.append(row)
      }
      let bounds = placed.isEmpty ? "" : "[0:\(placed.count - 1)]="
      ids = bounds + ServerArray.texts(placed.map { $0["capability_id"] })
      configs = bounds + ServerArray.texts(placed.map { $0["config"] })
    }
  }
#endif
