import CommandLineTree
import EverrunsDocuments
import EverrunsStore

/// `store info`.
enum StoreInfoCommand {
  static let command = Command<ControlAction>(
    "info", summary: "Show where the store is and what is in it",
    discussion: """
      The store must exist; 'store init' creates it. -v lists the saved definitions instead of \
      counting them.
      """,
    examples: [
      Example("Show the location, size and schema version of the store", "everrunsctl store info")
    ],
    exitCodes: [.badInput, .noInput]
  ) { session in
    let store = try session.existingStore()
    var object = try store.info().document
    if session.isVerboseText {
      object["platforms"] = .strings(
        try store.platforms().map { "\($0.name)@\($0.latestRevision)" })
    }
    try session.writeObjects([object])
    return .success
  }
}
