/// A list of changes to a JSON document: RFC 6902.
public struct JSONPatch: Sendable, Equatable {
  /// One change or test.
  public enum Operation: Sendable, Equatable {
    /// Inserts a value: a new member, in place of a member, or before an element.
    case add(JSONPointer, JSONValue)
    /// Removes a value.
    case remove(JSONPointer)
    /// Replaces a value.
    case replace(JSONPointer, JSONValue)
    /// Removes a value and adds it elsewhere.
    case move(from: JSONPointer, to: JSONPointer)
    /// Copies a value.
    case copy(from: JSONPointer, to: JSONPointer)
    /// Fails unless a value equals this one.
    case test(JSONPointer, JSONValue)
  }

  /// The changes, in order.
  public var operations: [Operation]

  /// Creates a patch.
  public init(_ operations: [Operation] = []) {
    self.operations = operations
  }
}

extension JSONPatch.Operation {
  /// The names of the operations.
  enum Name: String, CaseIterable, Sendable {
    case add
    case remove
    case replace
    case move
    case copy
    case test
  }

  /// The name of the operation.
  var name: Name {
    switch self {
    case .add: .add
    case .remove: .remove
    case .replace: .replace
    case .move: .move
    case .copy: .copy
    case .test: .test
    }
  }

  /// The pointer of the operation.
  var path: JSONPointer {
    switch self {
    case .add(let path, _), .remove(let path), .replace(let path, _), .test(let path, _),
      .move(_, let path), .copy(_, let path):
      path
    }
  }
}

// MARK: - Documents

extension JSONPatch {
  /// The patch as a document.
  public var document: JSONValue { .array(operations.map(\.document)) }

  /// Reads a patch and reports every problem in one pass.
  ///
  /// Unknown members of an operation are ignored, as RFC 6902, section 4, requires.
  /// - Throws: ``DocumentRefusal`` with every problem.
  package init(reading node: SourceNode) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    let operations = ValueCoding.list(Operation.coding).decode(node, DocumentPath(), &decoding)
    guard let operations, decoding.diagnostics.isEmpty else {
      throw DocumentRefusal(decoding.diagnostics)
    }
    self.operations = operations
  }

  /// Reads a patch from a JSON text.
  ///
  /// - Throws: ``DocumentRefusal`` with every problem.
  public init(json text: String) throws(DocumentRefusal) {
    try self.init(reading: SourceNode(json: text.utf8))
  }
}

extension JSONPatch.Operation {
  /// The operation as an object.
  var document: JSONValue {
    var object: JSONObject = ["op": .string(name.rawValue)]
    switch self {
    case .move(let from, _), .copy(let from, _): object["from"] = .string(from.description)
    case .add, .remove, .replace, .test: break
    }
    object["path"] = .string(path.description)
    switch self {
    case .add(_, let value), .replace(_, let value), .test(_, let value): object["value"] = value
    case .remove, .move, .copy: break
    }
    return .object(object)
  }

  fileprivate static let coding = ValueCoding<JSONPatch.Operation>(
    schema: .anyObject, decode: { decode($0, at: $1, &$2) }, encode: { $0.document })

  private static func decode(
    _ node: SourceNode, at path: DocumentPath, _ decoding: inout DocumentDecoding
  ) -> JSONPatch.Operation? {
    guard case .object(let members) = node.content else {
      decoding.report(.wrongType(expected: "an object", found: node.kindInWords), path, node.place)
      return nil
    }
    func member<Value>(_ key: String, _ coding: ValueCoding<Value>) -> Value? {
      guard let member = members.first(where: { $0.key.hasSameBytes(as: key) }) else {
        decoding.report(.missingKey(key, noun: "operation"), path, node.place)
        return nil
      }
      return coding.decode(member.value, path.key(key), &decoding)
    }
    guard let name = member("op", ValueCoding<Name>.choice()) else { return nil }
    let target = member("path", .pointer)
    switch name {
    case .add, .replace, .test:
      guard let value = member("value", .any), let target else { return nil }
      return switch name {
      case .add: .add(target, value)
      case .replace: .replace(target, value)
      default: .test(target, value)
      }
    case .move, .copy:
      guard let origin = member("from", .pointer), let target else { return nil }
      return name == .move ? .move(from: origin, to: target) : .copy(from: origin, to: target)
    case .remove:
      return target.map { .remove($0) }
    }
  }
}

extension ValueCoding where Value == JSONPointer {
  /// A JSON pointer.
  fileprivate static var pointer: Self {
    Self(
      schema: .text,
      decode: { node, path, decoding in
        guard let text = ValueCoding<String>.text.decode(node, path, &decoding) else { return nil }
        let pointer = JSONPointer(text)
        if pointer == nil {
          decoding.report(.invalidPointer(text), path, node.place)
        }
        return pointer
      },
      encode: { .string($0.description) })
  }
}

extension ValueCoding where Value == JSONValue {
  /// Any value.
  fileprivate static var any: Self {
    Self(
      schema: .either([]),
      decode: { node, path, decoding in
        node.forEachAmbiguity(at: path) { error, path in
          decoding.report(.syntax(error), path, error.place)
        }
        return node.value
      },
      encode: { $0 })
  }
}
