import CommandLineTree
import Everruns
import EverrunsDocuments
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
    let object = try store.info().document
    try session.write(
      json: .object(object), text: ObjectText.text(object, style: session.style))
    return .success
  }
}
