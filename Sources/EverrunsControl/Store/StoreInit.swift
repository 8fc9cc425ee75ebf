import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Messages

/// `store init`.
enum StoreInit {
  static let command = Command<ControlAction>(
    "init", summary: "Create the store, or migrate its schema",
    discussion: "Does nothing if the store is up to date.",
    options: MutationOptions.all,
    examples: [
      Example("Migrate a store of an older version", "everrunsctl store init")
    ],
    exitCodes: [.failure, .badInput, .cannotCreate, .permissionDenied]
  ) { session in
    let location = try session.storeLocation()
    let path = location.description
    let existing = try state(location, session)
    guard !session.isDryRun else {
      if existing == .missing {
        try session.program.stores.checkCreation(
          at: location, interruption: session.throwIfInterrupted)
      }
      let summary =
        switch existing {
        case .missing: "would be created"
        case .outdated(let version): "would be migrated from schema version \(version)"
        case .unmarked: "would be adopted"
        case .damaged(let problems): "would be repaired: \(problems.joined(separator: ", "))"
        case .current: "already exists and is up to date"
        }
      try session.write(
        json: [
          "path": .string(path), "created": false, "problems": existing.problems, "repaired": false,
        ],
        text: "Dry run: store '\(path.escapingControls())' \(summary).\n")
      return .success
    }
    let info = try session.storeForWriting(repairs: true).info()
    let isNew = existing == .missing
    var object: JSONObject = ["path": .string(path), "created": .bool(isNew)]
    object["problems"] = existing.problems
    object["repaired"] = .bool(existing.problems != [])
    object["schema_version"] = .integer(info.schemaVersion)
    let store = "store '\(path.escapingControls())'"
    let outcome =
      switch existing {
      case .missing: "Created \(store)."
      case .outdated(let version):
        "Migrated \(store) from schema version \(version) to \(info.schemaVersion)."
      case .unmarked: "Adopted \(store), which had no application id."
      case .damaged(let problems): "Repaired \(store): \(problems.joined(separator: ", "))."
      case .current: "Nothing to do: \(store) already exists and is up to date."
      }
    try session.write(
      json: .object(object),
      text: "\(outcome)\n"
        + (session.isVerbose ? "Schema version: \(info.schemaVersion)\n" : "")
        + (session.isQuiet ? "" : "Next: \(session.next("seed preview"))\n"))
    return .success
  }

  /// The state of a store before it is initialized.
  private enum State: Equatable {
    case missing
    case outdated(Int)
    case unmarked
    case damaged([String])
    case current

    /// The problems of the schema that a repair mends.
    var problems: JSONValue {
      guard case .damaged(let problems) = self else { return [] }
      return .array(problems.map(JSONValue.string))
    }
  }

  private static func state(_ location: StoreLocation, _ session: Session) throws -> State {
    do throws(StoreError) {
      // A control plane's database may be there without what a store needs in it.
      guard
        let store = try session.program.stores.openForReading(
          location, interruption: session.throwIfInterrupted)
      else { return .missing }
      defer { store.close() }
      guard try store.info().schemaVersion != 0 else { return .missing }
      let problems = try store.schemaProblems()
      return problems.isEmpty ? .current : .damaged(problems)
    } catch .olderSchema(_, let found, _) {
      return .outdated(found)
    } catch .unmarkedStore {
      return .unmarked
    } catch .incompleteSchema(_, let problems, _) {
      return .damaged(problems)
    } catch {
      throw error
    }
  }
}
