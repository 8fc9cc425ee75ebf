import CommandLineTree
import Everruns
import EverrunsStore
import Wording

/// The noun `store`.
enum StoreCommands {
  static var noun: Command<ControlAction> {
    Command(
      "store", summary: "The store itself",
      subcommands: [
        initialize, info, StoreCheckCommand.command, StoreBackup.command, StoreRecords.command,
        StoreHistory.command,
      ])
  }

  private static let initialize = Command<ControlAction>(
    "init", summary: "Make the store, or bring its schema up to date",
    discussion: "A store that is there and up to date is left as it is.",
    options: MutationOptions.all,
    exitCodes: [.failure, .badInput, .cannotCreate, .permissionDenied]
  ) { session in
    let path = try session.storePath()
    let existing = try state(path)
    guard !session.arguments[MutationOptions.dryRun] else {
      if existing == .missing {
        try SQLiteStore.checkCreation(at: path)
      }
      let summary =
        switch existing {
        case .missing: "would be made"
        case .outdated(let version): "would be brought from schema version \(version) up to date"
        case .current: "is there and up to date"
        }
      try session.write(
        json: ["path": .string(path), "created": false],
        text: "The store '\(path.escapingControls())' \(summary); this is a dry run.\n")
      return .success
    }
    let info = try session.storeForWriting().info()
    let isNew = existing == .missing
    var object: JSONObject = ["path": .string(path), "created": .bool(isNew)]
    object["schema_version"] = .integer(info.schemaVersion)
    let outcome =
      switch existing {
      case .missing: "is made"
      case .outdated(let version):
        "is brought from schema version \(version) to \(info.schemaVersion)"
      case .current: "is there and up to date; nothing to do"
      }
    try session.write(
      json: .object(object),
      text: """
        The store '\(path.escapingControls())' \(outcome).
        See what seeding would put into it: \(session.next("seed preview"))

        """)
    return .success
  }

  /// What there is before a store is initialized.
  private enum State: Equatable {
    case missing
    case outdated(Int)
    case current
  }

  private static func state(_ path: String) throws -> State {
    do throws(StoreError) {
      return try SQLiteStore.openForReading(path) == nil ? .missing : .current
    } catch .olderSchema(_, let found, _) {
      return .outdated(found)
    } catch {
      throw error
    }
  }

  private static let info = Command<ControlAction>(
    "info", summary: "Show where the store is and what is in it",
    exitCodes: [.badInput, .noInput]
  ) { session in
    let path = try session.storePath()
    guard let store = try SQLiteStore.openForReading(path) else {
      throw ControlError.noStore(path: path, next: session.next("store init"))
    }
    let object = try store.info().document
    try session.write(
      json: .object(object), text: ObjectText.text(object, style: session.style))
    return .success
  }
}

extension StoreInfo {
  /// What there is to say about the store, as an object.
  var document: JSONObject {
    [
      "path": .string(path), "id": .string(id), "schema_version": .integer(schemaVersion),
      "serial": .integer(serial), "journal_mode": .string(journalMode),
      "size_bytes": .integer(sizeInBytes), "platforms": .integer(platformCount),
      "counts": .object(
        JSONObject(
          RecordKind.allCases.compactMap { kind in
            counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
          })),
    ]
  }
}
