import CommandLineTree
import EverrunsStore

/// `store info`.
enum StoreInfoCommand {
  static let command = Command<ControlAction>(
    "info", summary: "Show where the store is and what is in it",
    examples: [Example("See how large the store is", "everrunsctl store info")],
    exitCodes: [.badInput, .noInput]
  ) { session in
    try session.writeObjects([try session.existingStore().info().document])
    return .success
  }
}
