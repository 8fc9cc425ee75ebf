import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding

extension Session {
  /// Writes a plan in the form that was asked for, row by row.
  ///
  /// - Parameters:
  ///   - more: What programs are told beside it.
  ///   - isOutcomeKnown: Whether the plan was carried out, and its end says so.
  ///   - end: The last line for people, if there is one.
  func write(
    _ plan: SeedPlan, with more: JSONObject = [:], isOutcomeKnown: Bool = false,
    end: () throws -> String? = { nil }
  ) throws {
    switch format {
    case .text, .name, .tsv:
      try writeText(
        plan, to: context.output, isVerbose: arguments[GlobalOptions.verbose],
        isOutcomeKnown: isOutcomeKnown, end: end)
    case .json, .jsonl:
      try write(plan, as: .json(.pretty), with: more)
      try write("\n")
    case .yaml:
      try write(plan, as: .yaml, with: more)
    case .markdown:
      try writeInPieces(to: context.output) { try PlanMarkdown.write(plan, to: $0) }
    }
  }

  private func write(
    _ plan: SeedPlan, as notation: DocumentNotation, with more: JSONObject
  ) throws {
    try writeInPieces(to: context.output) { output in
      try plan.write(as: notation, with: more) {
        try output(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// Writes the rows of a plan, all of them.
  func write(rowsOf plan: SeedPlan) throws {
    guard format == .text else {
      let rows = try plan.rows.collected()
      return try write(json: .array(rows.map(\.document)), text: "")
    }
    try writeText(plan, to: context.output, isVerbose: true)
  }

  /// Writes a plan for people, fitted to the stream that shows it.
  func writeText(
    _ plan: SeedPlan, to stream: any TextOutput, isVerbose: Bool, isOutcomeKnown: Bool = false,
    end: () throws -> String? = { nil }
  ) throws {
    let width = stream.width
    let text = PlanText(style: Style(isColored: isColored(stream)), isVerbose: isVerbose)
    try writeInPieces(to: stream) { output in
      try text.write(plan, isOutcomeKnown: isOutcomeKnown, end: end) { piece in
        try output(width.map(piece.wrapped) ?? piece)
      }
    }
  }
}
