import Everruns
package import EverrunsDocuments

extension SeedPlan {
  /// The plan as a document of the format `everruns.seed-plan/v1`, in memory.
  ///
  /// - Throws: Errors of reading the rows.
  package func document() throws -> JSONValue {
    var rows: [JSONValue] = []
    try self.rows.read { rows.append($0.document) }
    return .object(
      JSONObject(
        head.members + [JSONObject.Member(key: "rows", value: .array(rows))]
          + tail(token: try token()).members
      ))
  }

  /// Writes the document, row by row.
  ///
  /// - Parameters:
  ///   - notation: The notation and layout of the text.
  ///   - shown: The rows to write, if not all of them; everything else covers the whole plan.
  ///   - more: Members to append to the object.
  ///   - output: Receives each piece of the text, in UTF-8. JSON has no trailing newline.
  /// - Throws: Errors of reading the rows and of the output.
  package func write(
    as notation: DocumentNotation, showing shown: SeedPlanRows? = nil,
    with more: JSONObject = [:], to output: ([UInt8]) throws -> Void
  ) throws {
    var writer = notation.writer
    writer.writeStart(of: head, before: "rows")
    var isFirst = true
    var hash = PlanHash(header)
    try (shown ?? rows).read { row in
      let document = row.document
      if shown == nil { hash.add(row: document) }
      writer.writeElement(document, isFirst: isFirst)
      isFirst = false
      if writer.bytes.count > 1 << 15 { try output(writer.takeBytes()) }
    }
    let tail = tail(token: shown == nil ? hash.token : try token())
    writer.writeEnd(of: JSONObject(tail.members + more.members), afterElements: !isFirst)
    try output(writer.takeBytes())
  }

  /// Writes the document as JSON lines: `{"row": ...}` for each row, then `{"plan": ...}` with
  /// everything else.
  ///
  /// The parameters are those of ``write(as:showing:with:to:)``.
  package func writeLines(
    showing shown: SeedPlanRows? = nil, with more: JSONObject = [:],
    to output: ([UInt8]) throws -> Void
  ) throws {
    func write(_ line: JSONValue) throws { try output(Array((line.canonicalJSON + "\n").utf8)) }
    try (shown ?? rows).read { try write(["row": $0.document]) }
    try write(["plan": .object(try documentWithoutRows(with: more))])
  }

  /// Everything of the document except its rows.
  ///
  /// - Parameter more: Members to append to the object.
  /// - Returns: The members before and after the rows, then `more`.
  /// - Throws: Errors of reading the rows, which the plan's token depends on.
  func documentWithoutRows(with more: JSONObject) throws -> JSONObject {
    JSONObject(head.members + tail(token: try token()).members + more.members)
  }

  /// The inputs of a plan, which precede its rows.
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
    for member in header.decided.members {
      head[member.key] = member.value
    }
    return head
  }

  /// The summary and the token, which follow the rows because they are only known then.
  private func tail(token: PlanToken) -> JSONObject {
    [
      "summary": summary.document, "by_kind": summary.documentByKind,
      "by_reason": summary.documentByReason, "overwrites": .integer(summary.overwrites),
      "token": .string(token.description),
    ]
  }
}

extension SeedPlan.Header {
  /// The other inputs of the decisions, besides the definition and the store.
  var decided: JSONObject {
    [
      "grade": .string(grade.rawValue),
      "catalog": [
        "ref": .string(catalog.ref),
        "fingerprint": .string(catalog.fingerprint.description),
      ],
      "options": .object(SeedOptions.coding.encode(options.inOrder)),
      "rules": .integer(SeedPlan.rulesVersion),
    ]
  }
}

extension FormatVersion {
  /// The format of seeding plans.
  package static let seedPlan = FormatVersion(name: "everruns.seed-plan", major: 1, minor: 0)
}
