/// A value as it was read from a JSON or YAML text, with the place of every part of it.
///
/// Both notations are read into this one shape, and one typed decoding serves both.
package struct SourceNode: Sendable {
  /// What a node holds.
  package enum Content: Sendable {
    /// The literal `null`.
    case null
    /// A literal `true` or `false`.
    case bool(Bool)
    /// A number, as written.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([SourceNode])
    /// An object, its keys all different.
    case object([Member])
  }

  /// One key of an object, with its value.
  package struct Member: Sendable {
    /// The key.
    package let key: String
    /// Where the key stands.
    package let keyPlace: SourcePlace
    /// What the key names.
    package let value: SourceNode
  }

  /// What the node holds.
  package let content: Content
  /// Where the node begins.
  package let place: SourcePlace
  /// What a string from YAML, written without quotes, is to other readers; `nil` where all agree.
  ///
  /// Where a text is required it is one; where any value may stand it is an error.
  package var ambiguity: ScalarAmbiguity?

  /// A node from its parts.
  package init(content: Content, place: SourcePlace, ambiguity: ScalarAmbiguity? = nil) {
    self.content = content
    self.place = place
    self.ambiguity = ambiguity
  }

  /// The same node in another place, from which an alias repeats it.
  func moved(to place: SourcePlace) -> SourceNode {
    SourceNode(content: content, place: place, ambiguity: ambiguity)
  }

  /// The value without places.
  package var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members):
      .object(JSONObject(members.map { ($0.key, $0.value.value) }))
    }
  }
}

extension SourceNode {
  /// A value that came from no text, as if all of it stood at the start of one.
  package init(_ value: JSONValue) {
    let content: Content =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .number(let number): .number(number)
      case .string(let text): .string(text)
      case .array(let elements): .array(elements.map(SourceNode.init))
      case .object(let object):
        .object(
          object.members.map { member in
            Member(key: member.key, keyPlace: .start, value: SourceNode(member.value))
          })
      }
    self.init(content: content, place: .start)
  }
}

extension SourceNode {
  /// The node without some keys of its object, or of the objects in its array.
  package func withoutKeys(_ keys: Set<String>) -> SourceNode {
    switch content {
    case .object(let members):
      SourceNode(content: .object(members.filter { !keys.contains($0.key) }), place: place)
    case .array(let elements):
      SourceNode(
        content: .array(
          elements.map { element in
            if case .object = element.content { element.withoutKeys(keys) } else { element }
          }), place: place)
    case .null, .bool, .number, .string: self
    }
  }
}
