import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Files
import Foundation
import Messages

/// `store backup`.
enum StoreBackup {
  private static let destination = Argument.required(
    "FILE", .file(extensions: ["db"]), summary: "Where the copy goes")
  private static let force = Option.flag("force", summary: "Overwrite the file if it is there")

  static let command = Command<ControlAction>(
    "backup", summary: "Copy the store to a file while others go on using it",
    discussion: "The copy is one moment's state of the store, and complete or not there at all.",
    arguments: [destination], options: [force],
    examples: [Example("Keep a copy", "everrunsctl store backup everruns-backup.db")],
    exitCodes: [.failure, .badInput, .noInput, .cannotCreate]
  ) { session in
    let store = try session.existingStore()
    let file = session.arguments[destination]
    let target = try session.absolute(file).word
    guard access(target, F_OK) != 0 || session.arguments[force] else {
      throw ControlError.exists(noun: "file", name: file, next: "overwrite it with --force")
    }
    try store.backUp(to: target)
    let info = try store.info()
    try session.write(
      json: ["path": .string(target), "serial": .integer(info.serial)],
      text: "The store at serial \(info.serial) is copied to '\(file.escapingControls())'.\n")
    return .success
  }
}
