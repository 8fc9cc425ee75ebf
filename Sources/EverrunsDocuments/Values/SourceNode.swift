/// A value read from a JSON or YAML text, with the position of every part.
///
/// Both notations are read into this shape, so typed decoding serves both.
package struct SourceNode: Sendable {
  /// The contents of a node.
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
    /// The position of the key.
    package let keyPlace: SourcePlace
    /// The value of the key.
    package let value: SourceNode
  }

  /// The contents of the node.
  package let content: Content
  /// The position of the node.
  package let place: SourcePlace
  /// How other readers interpret an unquoted YAML string; `nil` if all agree.
  ///
  /// It is text where text is required, and an error where any value is allowed.
  package var ambiguity: ScalarAmbiguity?

  /// Creates a node.
  package init(content: Content, place: SourcePlace, ambiguity: ScalarAmbiguity? = nil) {
    self.content = content
    self.place = place
    self.ambiguity = ambiguity
  }

  /// The same node at the position of an alias.
  func moved(to place: SourcePlace) -> SourceNode {
    SourceNode(content: content, place: place, ambiguity: ambiguity)
  }

  /// The value without positions.
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
  /// A value that did not come from a text, with every part at the start position.
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
