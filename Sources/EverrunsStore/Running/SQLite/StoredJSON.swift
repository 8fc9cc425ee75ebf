import Everruns
import EverrunsDocuments

extension JSONObject {
  /// The object that a JSON column holds; `nil` if it holds something else.
  init?(storedJSON text: String) {
    guard case .object(let object)? = try? JSONValue(json: text) else { return nil }
    self = object
  }

  /// The object as a JSON column holds it.
  var storedJSON: String { JSONValue.object(self).canonicalJSON }
}

extension [String] {
  /// The texts that a JSON column holds; `nil` if it holds something else.
  init?(storedJSON text: String) {
    guard case .array(let elements)? = try? JSONValue(json: text) else { return nil }
    self = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    guard count == elements.count else { return nil }
  }

  /// The texts as a JSON column holds them.
  var storedJSON: String { JSONValue.strings(self).canonicalJSON }
}

extension [CapabilityUse] {
  /// The uses that a JSON column holds; `nil` if it holds something else.
  init?(storedJSON text: String) {
    guard case .array(let elements)? = try? JSONValue(json: text) else { return nil }
    self = elements.compactMap { element in
      guard case .object(let object) = element, let ref = object.text("ref") else { return nil }
      return CapabilityUse(ref, config: object.object("config") ?? [:])
    }
    guard count == elements.count else { return nil }
  }

  /// The uses as a JSON column holds them.
  var storedJSON: String { JSONValue.array(map(CapabilityUse.coding.encode)).canonicalJSON }
}
