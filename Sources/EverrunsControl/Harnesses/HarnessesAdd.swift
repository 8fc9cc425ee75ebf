import CommandLineTree
import Everruns

/// `harnesses add`.
enum HarnessesAdd {
  private static let file = Operand(
    "FILE", .file(extensions: ["json", "yaml", "yml"]),
    summary: "A harness template or an array of them, as JSON or YAML; - is standard input")

  static let command = Command<ControlAction>(
    "add", summary: "Add harness templates to the platform",
    discussion: "A template is an object as 'harnesses show -o json' writes it.",
    operands: [file], options: MutationOptions.all,
    examples: [
      Example("Add a template", "everrunsctl harnesses add minimal.json")
    ], exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let path = session.arguments[file]
    let node = try session.readDocument(path)
    let added: [BuiltInHarness]
    do throws(DocumentRefusal) {
      added = try BuiltInHarness.list(reading: node)
    } catch {
      throw ControlError.document(source: path, error)
    }
    return try session.edit { definition in
      var names = Set(definition.builtInHarnesses.map(\.name))
      for harness in added {
        guard names.insert(harness.name).inserted else {
          throw ControlError.exists(
            noun: "harness", name: harness.name,
            next:
              "remove it first: \(session.control.name) harnesses remove \(harness.name.shellQuoted)"
          )
        }
        definition.builtInHarnesses.append(harness)
      }
    }
  }
}
