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
    let path = try session.storeLocation().description
    let store = "store '\(path.escapingControls())'"
    guard !session.isDryRun else {
      let preparation = try neededPreparation(session)
      try session.write(
        json: [
          "path": .string(path), "created": false, "problems": preparation.problems,
          "repaired": false,
        ],
        text: "Dry run: \(store) \(preparation.prospect).\n")
      return .success
    }
    let opened = try session.storeForWriting(repairs: true)
    let (info, preparation) = (try opened.info(), opened.preparation)
    try session.write(
      json: [
        "path": .string(path), "created": .bool(preparation == .created),
        "problems": preparation.problems, "repaired": .bool(preparation.problems != []),
        "schema_version": .integer(info.schemaVersion),
      ],
      text: "\(preparation.outcome(for: store, info.schemaVersion)).\n"
        + (session.isVerbose ? "Schema version: \(info.schemaVersion)\n" : "")
        + (session.isQuiet ? "" : "Next: \(session.next("seed preview"))\n"))
    return .success
  }

  /// What the command would do.
  private static func neededPreparation(_ session: Session) throws -> StorePreparation {
    do throws(ControlError) {
      let store = try session.existingStore(checksSchema: false)
      return try ControlError.asking(store.neededPreparation())
    } catch .noStore {
      try session.program.stores.checkCreation(
        at: session.storeLocation(), interruption: session.throwIfInterrupted)
      return .created
    }
  }
}

extension StorePreparation {
  /// The problems of the schema that are repaired.
  fileprivate var problems: JSONValue {
    guard case .repaired(let problems) = self else { return [] }
    return .array(problems.map(JSONValue.string))
  }

  /// What would happen, as part of a sentence.
  fileprivate var prospect: String {
    switch self {
    case .created: "would be created"
    case .migrated(let version): "would be migrated from schema version \(version)"
    case .adopted: "would be adopted"
    case .repaired(let problems): "would be repaired: \(problems.joined(separator: ", "))"
    case .none: "already exists and is up to date"
    }
  }

  /// What happened to a store, as a sentence without a full stop.
  fileprivate func outcome(for store: String, _ schemaVersion: Int) -> String {
    switch self {
    case .created: "Created \(store)"
    case .migrated(let version):
      "Migrated \(store) from schema version \(version) to \(schemaVersion)"
    case .adopted: "Adopted \(store), which lacked the application id of a store"
    case .repaired(let problems): "Repaired \(store): \(problems.joined(separator: ", "))"
    case .none: "Nothing to do: \(store) already exists and is up to date"
    }
  }
}
