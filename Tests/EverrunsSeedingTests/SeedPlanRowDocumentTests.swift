import EverrunsDocuments
import EverrunsSeeding
import Testing

/// The one form in which rows of a plan are written and read.
@Suite struct SeedPlanRowDocumentTests {
  /// Texts that other programs write into names and ids.
  private static let texts = [
    "plain", "", "a/b", "%2F", "*", "harness", "llm_model", "é", "e\u{301}", "\u{1B}[31m",
    "\"quoted\\\"", "line\nbreak", "\u{2028}", "🧑‍🚀",
  ]

  /// Values that other programs write into columns.
  private static let values: [JSONValue] =
    texts.map(JSONValue.string) + [
      .null, true, .integer(.max), (try? JSONValue(json: "1e400")) ?? .null, [], [:],
      ["b": 1, "a": [["c": .null]]], nested(64),
    ]

  private static func nested(_ depth: Int) -> JSONValue {
    (0..<depth).reduce("inner") { value, level in level.isMultiple(of: 2) ? [value] : ["k": value] }
  }

  private static func address(_ number: Int) -> SeedAddress {
    let text = texts[number % texts.count]
    let kind = RecordKind.allCases[number % RecordKind.allCases.count]
    let names = kind == .llmModel ? ["provider", text + "x"] : [text + "x"]
    switch number % 4 {
    case 0: return SeedAddress(kind, names)
    case 1: return SeedAddress(kind, names, in: .organization(text + (text.isEmpty ? "o" : "")))
    case 2: return SeedAddress(kind, names, in: .group(number))
    default: return SeedAddress(kind, names, in: .folded)
    }
  }

  @Test func `every reason, note and odd value is read back`() throws {
    var number = 0
    for code in SeedReason.Code.allCases {
      for action in code.actions {
        for value in Self.values {
          number += 1
          let text = Self.texts[number % Self.texts.count]
          let row = SeedPlanRow(
            address: Self.address(number), name: text,
            id: number.isMultiple(of: 2) ? text : nil,
            organization: number.isMultiple(of: 3) ? text : nil,
            organizationName: number.isMultiple(of: 3) ? text : nil,
            organizations: number.isMultiple(of: 5) ? number : nil,
            examples: number.isMultiple(of: 5)
              ? [NamedOrganization(publicID: text, name: text)] : [],
            reason: SeedReason(code, action: action, text),
            notes: SeedNote.Code.allCases.prefix(number % 4).map { SeedNote($0, text) },
            exists: [nil, true, false][number % 3],
            changes: action == .update || code == .keptLocalEdit
              ? [FieldChange(field: "config", before: value, after: [.array([value])])] : [])
          #expect(try SeedPlanRow(reading: row.document.canonicalJSON) == row)
        }
      }
    }
  }

  @Test(arguments: [
    ("[]", ""), ("{}", "address"), (#"{"address":"x"}"#, "address"),
    (#"{"address":"agent/a"}"#, "reason"),
    (#"{"address":"agent/a","action":"create","reason":{"code":"no","message":""}}"#, "reason"),
    (#"{"address":"agent/a","action":"skip","reason":{"code":"missing","message":""}}"#, "reason"),
    (#"{"address":"agent/a","action":"create","reason":{"code":"missing","message":""}}"#, "name"),
    (
      #"{"address":"agent/a","notes":[{"code":"no","message":""}]}"#, "notes"
    ),
  ])
  func `an invalid row is an error that names the key`(text: String, key: String) {
    #expect(throws: SeedPlanRowError(key: key)) { try SeedPlanRow(reading: text) }
  }
}
