import Everruns
public import EverrunsDocuments

extension SeedPlan {
  /// The plan as a document of the format `everruns.seed-plan/v1`, all of it at once.
  ///
  /// - Throws: what reading the rows throws.
  public func document() throws -> JSONValue {
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
  ///   - more: What follows in the same object.
  ///   - output: Takes each piece of the text, in UTF-8. JSON has no line break at its end.
  /// - Throws: what reading the rows and the output throw.
  package func write(
    as notation: DocumentNotation, with more: JSONObject = [:],
    to output: ([UInt8]) throws -> Void
  ) throws {
    var writer = notation.writer
    writer.writeStart(of: head, before: "rows")
    var isFirst = true
    var hash = hashBeforeRows
    try rows.read { row in
      let document = row.document
      hash.add(row, document)
      writer.writeElement(document, isFirst: isFirst)
      isFirst = false
      if writer.bytes.count > 1 << 15 { try output(writer.takeBytes()) }
    }
    let tail = tail(token: hash.fingerprint.token)
    writer.writeEnd(of: JSONObject(tail.members + more.members), afterElements: !isFirst)
    try output(writer.takeBytes())
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
    ["summary": summary.document, "token": .string(token)]
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
  /// its rows, but for the ids of rows that are yet to be made.
  ///
  /// - Throws: what reading the rows throws.
  public func token() throws -> String {
    var hash = hashBeforeRows
    try rows.read { hash.add($0, $0.document) }
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
  /// Adds a row of a plan, without the id of one that is yet to be made.
  fileprivate mutating func add(_ row: SeedPlanRow, _ document: JSONValue) {
    guard row.action == .create, case .object(var members) = document else {
      return add(document)
    }
    members["id"] = nil
    add(.object(members))
  }
}

extension FormatVersion {
  /// The format of seeding plans.
  package static let seedPlan = FormatVersion(name: "everruns.seed-plan", major: 1, minor: 0)
}
