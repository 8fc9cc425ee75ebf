#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding

  /// The normal form of JSON in the server, which keeps the value of a number but not its spelling
  /// (postgresql.org/docs/current/datatype-json.html, section 8.14).
  enum ServerForm {
    /// A desired state with normalized numbers.
    static func of(_ desired: SeedDesiredState) -> SeedDesiredState {
      SeedDesiredState(
        organization: desired.organization,
        records: desired.records.map { record in
          DesiredRecord(
            kind: record.kind, names: record.names, seedID: record.seedID,
            naturalKey: record.naturalKey, content: of(record.content), rules: record.rules)
        },
        harnesses: desired.harnesses.map { harness in
          DesiredHarness(
            template: harness.template,
            capabilities: harness.capabilities.map { CapabilityUse($0.ref, config: of($0.config)) },
            droppedCapabilities: harness.droppedCapabilities, parent: harness.parent,
            previousNames: harness.previousNames)
        },
        harnessSettings: desired.harnessSettings)
    }

    /// The canonical form of a JSON text from the server.
    static func canonical(_ text: String) -> String {
      guard let value = try? JSONValue(json: text) else { return text }
      return of(value).sortingKeys.canonicalJSON
    }

    private static func of(_ object: JSONObject) -> JSONObject {
      JSONObject(object.members.map { .init(key: $0.key, value: of($0.value)) })
    }

    private static func of(_ value: JSONValue) -> JSONValue {
      switch value {
      case .null, .bool, .string: value
      case .number(let number): (try? JSONValue(json: plain(number.literal))) ?? value
      case .array(let elements): .array(elements.map(of))
      case .object(let object): .object(of(object))
      }
    }

    /// How many digits the server supports before and after the decimal point
    /// (postgresql.org/docs/current/datatype-numeric.html).
    private static let digitLimits = (before: 131_072, after: 16_383)

    /// A number without exponent, leading or trailing zeros, or a negative zero.
    ///
    /// Numbers with more digits than the server supports are returned unchanged.
    static func plain(_ literal: String) -> String {
      let parts = literal.split(whereSeparator: { $0 == "e" || $0 == "E" })
      let exponent = parts.count == 2 ? Int(parts[1]) : 0
      guard let exponent, exponent.magnitude <= digitLimits.before, let mantissa = parts.first
      else { return literal }
      let isNegative = mantissa.hasPrefix("-")
      let halves = mantissa.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
      let whole = halves.first ?? ""
      let fraction = halves.count == 2 ? halves[1] : ""
      var digits = String(whole + fraction)
      var point = whole.count + exponent
      if point < 0 {
        digits = String(repeating: "0", count: -point) + digits
        point = 0
      } else if point > digits.count {
        digits += String(repeating: "0", count: point - digits.count)
      }
      let integral = String(digits.prefix(point).drop { $0 == "0" })
      var rest = String(digits.dropFirst(point))
      while rest.last == "0" { rest.removeLast() }
      guard integral.count <= digitLimits.before, rest.count <= digitLimits.after else {
        return literal
      }
      if integral.isEmpty, rest.isEmpty { return "0" }
      return (isNegative ? "-" : "") + (integral.isEmpty ? "0" : integral)
        + (rest.isEmpty ? "" : "." + rest)
    }
  }
#endif
