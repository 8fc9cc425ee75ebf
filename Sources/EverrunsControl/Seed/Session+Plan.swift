import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// Writes a plan in the format that was asked for, row by row.
  ///
  /// - Parameters:
  ///   - more: What programs are told beside it.
  ///   - isOutcomeKnown: Whether the plan was carried out, and its end says so.
  ///   - end: The last line for people, if there is one.
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
      try writeInPieces(to: context.output) { try PlanMarkdown.write(shown, to: $0) }
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

  /// Writes a plan for people, fitted to the stream that shows it.
  ///
  /// - Parameter isVerbose: Whether every row is shown; as `--verbose` says where it is not given.
  func writeText(
    _ shown: ShownPlan, to stream: any TextOutput, isVerbose: Bool? = nil,
    isOutcomeKnown: Bool = false, end: () throws -> String? = { nil }
  ) throws {
    let width = stream.width
    let text = PlanText(
      storePath: try storeLocation().description, style: Style(isColored: isColored(stream)),
      isVerbose: isVerbose ?? arguments[GlobalOptions.verbose])
    try writeInPieces(to: stream) { output in
      try text.write(shown, isOutcomeKnown: isOutcomeKnown, end: end) { piece in
        try output(width.map(piece.wrapped) ?? piece)
      }
    }
  }
}
