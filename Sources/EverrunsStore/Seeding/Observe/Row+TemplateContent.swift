import Everruns
import EverrunsDocuments
import GRDB

extension Row {
  /// The content that seeding applied to harnesses; `nil` where it is not the one of a digest.
  func templateContent(of digest: String) -> JSONObject? {
    guard let value = text("content").flatMap({ try? JSONValue(json: $0) }),
      case .object(let content) = value, Fingerprint(of: value).description == digest
    else { return nil }
    return content
  }
}
