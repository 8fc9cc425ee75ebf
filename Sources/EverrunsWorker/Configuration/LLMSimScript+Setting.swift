import EverrunsDocuments
import EverrunsDrivers
import Files
import Foundation
import Messages

extension LLMSimScript {
  /// Reads the script in a setting: the path of a file, or the JSON itself.
  init(setting: String) throws(UnreadableScript) {
    let isFile = setting.first { !$0.isWhitespace } != "{"
    let text = isFile ? try Self.text(of: setting) : setting
    do throws(DocumentRefusal) {
      try self.init(json: text)
    } catch {
      let errors = error.diagnostics.prefix(5).map(\.messageWithPath)
      throw UnreadableScript(
        reason: (isFile ? "names \(setting.quoted), which " : "")
          + "is not a valid llmsim script: \(errors.joined(separator: "; "))")
    }
  }

  private static func text(of path: String) throws(UnreadableScript) -> String {
    do throws(FileError) {
      let file = FilePath(path)
      let bytes = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: DocumentLimits.bytes)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      let reason =
        switch error.failure {
        case .missing: "does not exist"
        case .isDirectory: "is a folder"
        default: "cannot be read"
        }
      throw UnreadableScript(reason: "names \(path.quoted), which \(reason)")
    }
  }
}

/// An error in the setting of the script.
struct UnreadableScript: Error {
  /// The rest of a message that begins with the setting.
  let reason: String
}
