import CommandLineTree
import EverrunsDocuments
package import EverrunsSeeding
import EverrunsStore

/// `store records`.
enum StoreRecords {
  private static let kind = Argument.required(
    "KIND", .choice(RecordKind.self), summary: "The kind of row")
  private static let organizations = Option.list(
    "org", .dynamic("organization"), summary: "Only rows of this organization")

  static let command = Command<ControlAction>(
    "records", summary: "Show the stored rows of one kind", arguments: [kind],
    options: [organizations],
    examples: [
      Example(
        "Show the LLM providers of the store", "everrunsctl store records llm_provider"),
      Example(
        "Show two columns as a table",
        "everrunsctl store records llm_model --columns model_id,installed"),
    ], formats: .list, columns: ListColumns { $0.given(kind)?.recordKeys ?? [] }
  ) { session in
    let rows = try rows(session)
    guard session.format == .text, !session.choosesColumns, !rows.isEmpty
    else {
      let columns = session.arguments[kind].recordKeys.map {
        Column<StoredRow>($0, isShortened: true)
      }
      try session.writeList(
        rows.map(StoredRow.init), columns: columns, ifEmpty: .note("no rows of this kind"))
      return .success
    }
    // Rows have more columns than a terminal.
    try session.writeText(
      rows.map { ObjectText.text($0, style: session.style) }.joined(separator: "\n"))
    return .success
  }

  /// The rows of the kind, or only those of the named organizations, in the order of their names.
  private static func rows(_ session: Session) throws -> [JSONObject] {
    let kind = session.arguments[kind]
    var numbers: [Int] = []
    for name in session.arguments[organizations] {
      let number = try session.organization(name).orgID
      if !numbers.contains(number) { numbers.append(number) }
    }
    guard let store = try session.storeOfRecords() else { return [] }
    guard !numbers.isEmpty else { return try store.records(kind, organization: nil) }
    return try numbers.flatMap { try store.records(kind, organization: $0) }
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
