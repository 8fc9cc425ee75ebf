import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// Writes a plan in the requested format, row by row.
  ///
  /// - Parameters:
  ///   - shown: The plan, and the rows to show.
  ///   - more: Additional members for JSON.
  ///   - isOutcomeKnown: Whether the plan was applied, so that the summary reports the result.
  ///   - end: The last line of text and Markdown, if there is one.
  /// - Throws: Errors of reading the rows or of writing, or the error that `end` throws.
  func write(
    _ shown: ShownPlan, with more: JSONObject = [:], isOutcomeKnown: Bool = false,
    end: () throws -> String? = { nil }
  ) throws {
    switch format {
    case .text, .tsv:
      try writeText(shown, to: context.output, isOutcomeKnown: isOutcomeKnown, end: end)
    case .name:
      try writeInPieces(to: context.output) { output in
        try shown.rows.read { try output($0.address.description + "\n") }
      }
    case .markdown:
      let path = try storeLocation().description
      try writeInPieces(to: context.output) {
        try PlanMarkdown.write(shown, storePath: path, end: end, to: $0)
      }
    case .json:
      try writeDocument(shown, as: .json(.pretty), with: more)
      try write("\n")
    case .yaml:
      try writeDocument(shown, as: .yaml, with: more)
    case .jsonl:
      let more = JSONObject(try shown.filteredMembers().members + more.members)
      try writeInPieces(to: context.output) { output in
        try shown.plan.writeLines(showing: shown.rows, with: more) {
          try output(String(decoding: $0, as: UTF8.self))
        }
      }
    }
  }

  private func writeDocument(
    _ shown: ShownPlan, as notation: DocumentNotation, with more: JSONObject
  ) throws {
    let more = JSONObject(try shown.filteredMembers().members + more.members)
    try writeInPieces(to: context.output) { output in
      try shown.plan.write(
        as: notation, showing: shown.run.showsPlanAsItIs ? nil : shown.rows, with: more
      ) {
        try output(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// Writes a plan as text, fitted to the stream.
  ///
  /// - Parameters:
  ///   - shown: The plan, and the rows to show.
  ///   - stream: The stream, whose width limits the lines.
  ///   - isVerbose: Whether to show every row; `nil` follows `--verbose`.
  ///   - isOutcomeKnown: Whether the plan was applied, so that the summary reports the result.
  ///   - end: The last line, if there is one.
  /// - Throws: Errors of reading the rows or of writing, or the error that `end` throws.
  func writeText(
    _ shown: ShownPlan, to stream: any TextOutput, isVerbose: Bool? = nil,
    isOutcomeKnown: Bool = false, end: () throws -> String? = { nil }
  ) throws {
    let width = stream.width
    let text = PlanText(
      storePath: try storeLocation().description, style: style(of: stream, isVerbose: isVerbose),
      isVerbose: isVerbose ?? self.isVerbose)
    try writeInPieces(to: stream) { output in
      try text.write(shown, isOutcomeKnown: isOutcomeKnown, end: end) { piece in
        try output(width.map(piece.wrapped) ?? piece)
      }
    }
  }
}
