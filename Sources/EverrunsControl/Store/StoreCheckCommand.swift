import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `store check`.
enum StoreCheckCommand {
  static let command = Command<ControlAction>(
    "check", summary: "Check the store for inconsistencies",
    discussion: """
      Checks the file itself, references between rows, the triggers that count changes, JSON \
      columns, settings and saved definitions. Ends with 1 if anything is found. Nothing is changed.
      """,
    examples: [Example("Look for damage", "everrunsctl store check")],
    exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let store = try session.existingStore()
    let results = try store.check()
    let style = session.style
    try session.write(
      json: .array(
        results.map { result in
          [
            "check": .string(result.name), "ok": .bool(result.findings.isEmpty),
            "findings": .strings(result.findings),
          ]
        }),
      text: results.map { result in
        result.findings.isEmpty
          ? "\(style.added("ok")) \(result.name)\n"
          : "\(style.error("!!")) \(result.name): \(result.summary)\n"
            + result.findings.map { "     \($0.escapingControls())\n" }.joined()
      }.joined())
    return results.allSatisfy(\.findings.isEmpty) ? .success : .failure
  }
}
