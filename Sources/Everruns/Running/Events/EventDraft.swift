package import EverrunsDocuments

/// An event before the store has given it an id, a time and a sequence.
package struct EventDraft: Sendable, Hashable {
  /// What kind of event it is.
  package let type: EventType
  /// The data, as defined by the type.
  package let data: JSONObject

  /// An event of a type.
  package init(_ type: EventType, _ data: JSONObject) {
    self.type = type
    self.data = data
  }
}
