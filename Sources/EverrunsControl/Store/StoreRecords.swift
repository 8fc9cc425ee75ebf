import CommandLineTree
import EverrunsDocuments
package import EverrunsSeeding
import EverrunsStore

/// `store records`.
enum StoreRecords {
  private static let kind = Argument.required(
    "KIND", .choice(RecordKind.self), summary: "The kind of row")
  private static let organization = Option.optional(
    "org", .dynamic("organization"), summary: "Only rows of this organization")

  static let command = Command<ControlAction>(
    "records", summary: "Show the stored rows of one kind", arguments: [kind],
    options: [organization],
    examples: [
      Example(
        "Show the LLM providers of the store", "everrunsctl store records llm_provider"),
      Example(
        "Show two columns as a table",
        "everrunsctl store records llm_model --columns model_id,installed"),
    ], formats: .list
  ) { session in
    let number = try session.arguments[organization].map { try session.organization($0).orgID }
    let rows =
      try session.storeOfRecords()?.records(session.arguments[kind], organization: number) ?? []
    guard session.format == .text, session.arguments[ListOptions.columns] == nil, !rows.isEmpty
    else {
      let columns = (rows.first?.members ?? []).map { Column<StoredRow>($0.key, isShortened: true) }
      try session.writeList(
        rows.map(StoredRow.init), columns: columns, ifEmpty: .note("no rows of this kind"))
      return .success
    }
    // Rows have more columns than a terminal.
    try session.writeText(
      rows.map { ObjectText.text($0, style: session.style) }.joined(separator: "\n"))
    return .success
  }

  /// A stored row.
  private struct StoredRow: Listed {
    let document: JSONObject

    var listName: String {
      switch document.members.first?.value {
      case .string(let text): text
      case .number(let number): number.literal
      default: ""
      }
    }
  }
}

extension RecordKind: CommandLineChoice {
  /// What the value means, in help and completions.
  package var choiceSummary: String { noun }
}
