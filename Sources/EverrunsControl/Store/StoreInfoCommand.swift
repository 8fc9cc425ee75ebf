import CommandLineTree
import EverrunsStore

/// `store info`.
enum StoreInfoCommand {
  static let command = Command<ControlAction>(
    "info", summary: "Show where the store is and what is in it",
    exitCodes: [.badInput, .noInput]
  ) { session in
    let path = try session.storePath()
    guard let store = try SQLiteStore.openForReading(path) else {
      throw ControlError.noStore(path: path, next: session.next("store init"))
    }
    try session.writeObjects([try store.info().document])
    return .success
  }
}
