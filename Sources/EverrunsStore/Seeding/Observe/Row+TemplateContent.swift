import Everruns
import EverrunsDocuments
import GRDB

extension Row {
  /// The harness content that seeding applied; `nil` if the text does not match a digest.
  func templateContent(of digest: String) -> JSONObject? {
    guard let value = text("content").flatMap({ try? JSONValue(json: $0) }),
      case .object(let content) = value, Fingerprint(of: value).description == digest
    else { return nil }
    return content
  }
}
