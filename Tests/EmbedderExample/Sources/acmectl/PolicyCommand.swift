import CommandLineTree
import Everruns
import EverrunsControl
import EverrunsDocuments
import EverrunsStore

/// `acmectl policy`: a command that only Acme has.
enum PolicyCommand {
  private static let allowed = Option.list(
    "allow", .text, valueName: "ID", summary: "A capability of high risk that is allowed")

  static let command = Command(
    "policy", summary: "Check that the platform has no capability of high risk",
    options: [allowed],
    examples: [Example("Allow one capability", "acmectl policy --allow bash")],
    exitCodes: [0, 1, 64],
    action: ControlAction { run in
      let capabilities = try run.definition().capabilities
      let allowed = run.arguments[allowed]
      if let unknown = allowed.first(where: { !capabilities.contains($0) }) {
        throw CommandFailure(
          "no capability named '\(unknown)'", hint: "see acmectl capabilities list",
          code: .notFound)
      }
      let found = capabilities.descriptors.filter { $0.riskLevel == .high }.map(\.id)
        .filter { !allowed.contains($0) }
      try run.write(
        found.isEmpty ? "No capability of high risk.\n" : found.map { "\($0)\n" }.joined(),
        json: ["high_risk": .strings(found)])
      return found.isEmpty ? .success : .failure
    })
}
