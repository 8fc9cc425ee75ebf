public import CommandLineTree
import EverrunsDocuments
public import EverrunsSeeding
import EverrunsStore

/// `store records`.
enum StoreRecords {
  private static let kind = Argument.required(
    "KIND", .choice(RecordKind.self), summary: "The kind of rows")
  private static let organization = Option.optional(
    "org", .dynamic("organization"), summary: "Only rows of this organization")

  static let command = Command<ControlAction>(
    "records", summary: "Show the rows of a kind, column by column", arguments: [kind],
    options: [organization],
    examples: [
      Example(
        "Show the LLM providers of the store", "everrunsctl store records llm_provider")
    ], exitCodes: [.failure, .noInput], formats: [.text, .json, .yaml, .name]
  ) { session in
    let number = try session.arguments[organization].map { try session.organization($0).orgID }
    let rows =
      try session.storeOfRecords()?.records(session.arguments[kind], organization: number) ?? []
    if rows.isEmpty, session.format == .text {
      session.note("there is none")
    }
    try session.write(
      json: .array(rows.map(JSONValue.object)),
      names: rows.compactMap { row in
        switch row.members.first?.value {
        case .string(let text): text
        case .number(let number): number.literal
        default: nil
        }
      },
      text: rows.map { ObjectText.text($0, style: session.style) }.joined(separator: "\n"))
    return .success
  }
}

extension RecordKind: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String { noun }
}
