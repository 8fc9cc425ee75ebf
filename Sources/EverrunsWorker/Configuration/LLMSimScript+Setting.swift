import EverrunsDocuments
import EverrunsDrivers
import Foundation
import Messages

extension LLMSimScript {
  /// The script that a setting names: the path of a file, or the JSON itself.
  init(setting: String) throws(UnreadableScript) {
    let text: String
    if setting.first(where: { !$0.isWhitespace }) == "{" {
      text = setting
    } else {
      do {
        text = try String(contentsOfFile: setting, encoding: .utf8)
      } catch {
        throw UnreadableScript(reason: "names \(setting.quoted), which cannot be read")
      }
    }
    do throws(DocumentRefusal) {
      try self.init(json: text)
    } catch {
      let findings = error.diagnostics.prefix(5).map(\.messageWithPath)
      throw UnreadableScript(
        reason: "is not a valid llmsim script: \(findings.joined(separator: "; "))")
    }
  }
}

/// Why a setting leads to no script.
struct UnreadableScript: Error {
  /// The rest of a sentence that begins with the setting.
  let reason: String
}
