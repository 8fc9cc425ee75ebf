import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `store check`.
enum StoreCheckCommand {
  static let command = Command<ControlAction>(
    "check", summary: "Look for everything in the store that contradicts itself",
    discussion: """
      Checks the file itself, references between rows, the triggers that count changes, JSON \
      columns, settings and saved definitions. Ends with 1 if anything is found. Nothing is changed.
      """,
    exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let path = try session.storePath()
    guard let store = try SQLiteStore.openForReading(path) else {
      throw ControlError.noStore(path: path, next: session.next("store init"))
    }
    let results = try store.check()
    let style = session.style
    try session.write(
      json: .array(
        results.map { result in
          [
            "check": .string(result.check.rawValue), "ok": .bool(result.findings.isEmpty),
            "findings": .strings(result.findings),
          ]
        }),
      text: results.map { result in
        result.findings.isEmpty
          ? "\(style.added("ok")) \(result.check.rawValue)\n"
          : "\(style.error("!!")) \(result.check.rawValue): \(result.check.summary)\n"
            + result.findings.map { "     \($0.escapingControls())\n" }.joined()
      }.joined())
    return results.allSatisfy(\.findings.isEmpty) ? .success : .failure
  }
}
