/// The path of a value in a document: keys and indexes.
public struct DocumentPath: Sendable, Hashable {
  /// One step of a path.
  public enum Step: Sendable, Hashable {
    /// Into the member of an object.
    case key(String)
    /// Into the element of an array.
    case index(Int)

    /// Whether both are the same index, or the same key code point by code point.
    public static func == (a: Step, b: Step) -> Bool {
      switch (a, b) {
      case (.key(let a), .key(let b)): a.hasSameBytes(as: b)
      case (.index(let a), .index(let b)): a == b
      case (.key, _), (.index, _): false
      }
    }
  }

  /// The steps, from the top.
  public private(set) var steps: [Step]

  /// Creates a path; an empty one is the whole document.
  public init(_ steps: [Step] = []) {
    self.steps = steps
  }

  /// The path extended by a key.
  public func key(_ key: String) -> DocumentPath { DocumentPath(steps + [.key(key)]) }

  /// The path extended by an index.
  public func index(_ index: Int) -> DocumentPath { DocumentPath(steps + [.index(index)]) }
}

extension DocumentPath: CustomStringConvertible {
  /// The path as a JSON Pointer (RFC 6901): `/built_in_harnesses/2/parent`, empty at the top.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += "/" + JSONPointer.escaped(key)
      case .index(let index): text += "/\(index)"
      }
    }
    return text
  }
}

extension SourceNode {
  /// The position of the value at a path, or of its nearest existing ancestor.
  package func place(of path: DocumentPath) -> SourcePlace {
    var node = self
    for step in path.steps {
      switch (step, node.content) {
      case (.key(let key), .object(let members)):
        guard let member = members.first(where: { $0.key.hasSameBytes(as: key) }) else {
          return node.place
        }
        node = member.value
      case (.index(let index), .array(let elements)):
        guard elements.indices.contains(index) else { return node.place }
        node = elements[index]
      default:
        return node.place
      }
    }
    return node.place
  }
}
