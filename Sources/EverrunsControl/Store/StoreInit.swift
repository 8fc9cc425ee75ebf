import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Messages

/// `store init`.
enum StoreInit {
  static let command = Command<ControlAction>(
    "init", summary: "Make the store, or bring its schema up to date",
    discussion: "A store that is there and up to date is left as it is.",
    options: MutationOptions.all,
    examples: [
      Example("Bring a store of an older version up to date", "everrunsctl store init")
    ],
    exitCodes: [.failure, .badInput, .cannotCreate, .permissionDenied]
  ) { session in
    let location = try session.storeLocation()
    let path = location.description
    let existing = try state(location, session)
    guard !session.arguments[MutationOptions.dryRun] else {
      if existing == .missing {
        try session.program.stores.checkCreation(at: location)
      }
      let summary =
        switch existing {
        case .missing: "would be made"
        case .outdated(let version): "would be brought from schema version \(version) up to date"
        case .unmarked: "would be adopted"
        case .damaged(let problems): "would be repaired: \(problems.joined(separator: ", "))"
        case .current: "is there and up to date"
        }
      try session.write(
        json: ["path": .string(path), "created": false],
        text: "The store '\(path.escapingControls())' \(summary); this is a dry run.\n")
      return .success
    }
    let info = try session.storeForWriting(repairs: true).info()
    let isNew = existing == .missing
    var object: JSONObject = ["path": .string(path), "created": .bool(isNew)]
    object["schema_version"] = .integer(info.schemaVersion)
    let outcome =
      switch existing {
      case .missing: "is made"
      case .outdated(let version):
        "is brought from schema version \(version) to \(info.schemaVersion)"
      case .unmarked: "is adopted: its mark was missing"
      case .damaged(let problems): "is repaired: \(problems.joined(separator: ", "))"
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

  /// The state of a store before it is initialized.
  private enum State: Equatable {
    case missing
    case outdated(Int)
    case unmarked
    case damaged([String])
    case current
  }

  private static func state(_ location: StoreLocation, _ session: Session) throws -> State {
    do throws(StoreError) {
      // A control plane's database may be there without what a store needs in it.
      guard let store = try session.program.stores.openForReading(location) else { return .missing }
      defer { store.close() }
      return try store.info().schemaVersion == 0 ? .missing : .current
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
