import Everruns
package import EverrunsDocuments

extension SeedPlan {
  /// The plan as a document of the format `everruns.seed-plan/v1`, all of it at once.
  ///
  /// - Throws: what reading the rows throws.
  package func document() throws -> JSONValue {
    var rows: [JSONValue] = []
    try self.rows.read { rows.append($0.document) }
    return .object(
      JSONObject(
        head.members + [JSONObject.Member(key: "rows", value: .array(rows))]
          + tail(token: try token()).members
      ))
  }

  /// Writes the document row by row.
  ///
  /// - Parameters:
  ///   - shown: The rows that are written where it is not all of them as they are; everything else
  ///     is the whole plan's.
  ///   - more: What follows in the same object.
  ///   - output: Takes each piece of the text, in UTF-8. JSON has no line break at its end.
  /// - Throws: what reading the rows and the output throw.
  package func write(
    as notation: DocumentNotation, showing shown: SeedPlanRows? = nil,
    with more: JSONObject = [:], to output: ([UInt8]) throws -> Void
  ) throws {
    var writer = notation.writer
    writer.writeStart(of: head, before: "rows")
    var isFirst = true
    var hash = hashBeforeRows
    try (shown ?? rows).read { row in
      let document = row.document
      if shown == nil { hash.add(row: document) }
      writer.writeElement(document, isFirst: isFirst)
      isFirst = false
      if writer.bytes.count > 1 << 15 { try output(writer.takeBytes()) }
    }
    let tail = tail(token: shown == nil ? hash.fingerprint.token : try token())
    writer.writeEnd(of: JSONObject(tail.members + more.members), afterElements: !isFirst)
    try output(writer.takeBytes())
  }

  /// Writes the document as lines of JSON: `{"row": ...}` for each row, and a last one,
  /// `{"plan": ...}`, with everything else.
  ///
  /// The parameters are those of ``write(as:showing:with:to:)``.
  package func writeLines(
    showing shown: SeedPlanRows? = nil, with more: JSONObject = [:],
    to output: ([UInt8]) throws -> Void
  ) throws {
    func write(_ line: JSONValue) throws { try output(Array((line.canonicalJSON + "\n").utf8)) }
    try (shown ?? rows).read { try write(["row": $0.document]) }
    let rest = head.members + tail(token: try token()).members + more.members
    try write(["plan": .object(JSONObject(rest))])
  }

  /// What a plan was made from, before its rows.
  private var head: JSONObject {
    var head: JSONObject = [
      "format": .string(FormatVersion.seedPlan.description),
      "platform": [
        "ref": .string(header.platform.ref),
        "revision": header.platformRevision.map(JSONValue.integer) ?? .null,
        "fingerprint": .string(header.platform.fingerprint.description),
      ],
      "store": ["id": .optional(header.store.id), "serial": .integer(header.store.serial)],
    ]
    for member in decided.members {
      head[member.key] = member.value
    }
    return head
  }

  /// What comes after the rows, since it is known only then.
  private func tail(token: String) -> JSONObject {
    [
      "summary": summary.document, "by_kind": summary.documentByKind,
      "by_reason": summary.documentByReason, "overwrites": .integer(summary.overwrites),
      "token": .string(token),
    ]
  }

  /// What the rows were decided by, beside the definition and the store.
  private var decided: JSONObject {
    [
      "grade": .string(header.grade.rawValue),
      "catalog": [
        "ref": .string(header.catalog.ref),
        "fingerprint": .string(header.catalog.fingerprint.description),
      ],
      "options": .object(SeedOptions.coding.encode(header.options)),
      "rules": .integer(Self.rulesVersion),
    ]
  }

  /// A short text that changes when the plan does: a hash of everything that decides it and of
  /// its rows, but for the ids of rows that are yet to be created and the names of organizations.
  ///
  /// - Throws: what reading the rows throws.
  package func token() throws -> String {
    var hash = hashBeforeRows
    try rows.read { hash.add(row: $0.document) }
    return hash.fingerprint.token
  }

  /// The beginning of the hash that the token is made of.
  private var hashBeforeRows: FingerprintHash {
    // How platform and catalog were referred to decides nothing.
    var decided = decided
    decided["catalog"] = .string(header.catalog.fingerprint.description)
    var hash = FingerprintHash()
    hash.add([.string(header.platform.fingerprint.description), .object(decided)])
    return hash
  }
}

extension FingerprintHash {
  /// Adds what decides a row of a plan.
  fileprivate mutating func add(row document: JSONValue) {
    guard case .object(let members) = document else { return }
    add(.object(members.decidingMembers))
  }
}

extension FormatVersion {
  /// The format of seeding plans.
  package static let seedPlan = FormatVersion(name: "everruns.seed-plan", major: 1, minor: 0)
}
