import Messages

/// A patch cannot be applied to a document.
public struct JSONPatchError: Error, Equatable {
  /// The problem of an operation.
  package enum Problem: Sendable, Equatable {
    /// There is no value at a pointer, which is shortened to the first missing part.
    case nothingThere(JSONPointer)
    /// The pointer goes through a value that is neither an object nor an array.
    case noContainer(JSONPointer)
    /// The last part of a pointer is not an index in an array of this many elements.
    case noIndex(JSONPointer, count: Int)
    /// The whole document cannot be removed.
    case wholeDocument
    /// A value cannot be moved into itself.
    case intoItself
    /// A test found another value than it expects.
    case otherValue(JSONValue, expected: JSONValue)
    /// The document would exceed the limits on size or depth.
    case tooLarge
  }

  /// The number of the operation, counted from 1.
  public let number: Int
  /// The operation.
  package let operation: JSONPatch.Operation
  /// The problem.
  package let problem: Problem
}

extension JSONPatch {
  /// The document after all operations.
  ///
  /// - Throws: ``JSONPatchError`` for the first operation that fails.
  public func applied(to document: JSONValue) throws(JSONPatchError) -> JSONValue {
    var result = document
    var extent = DocumentExtent(of: document)
    for (index, operation) in operations.enumerated() {
      do throws(JSONPatchError.Problem) {
        try result.apply(operation, &extent)
      } catch {
        throw JSONPatchError(number: index + 1, operation: operation, problem: error)
      }
    }
    return result
  }
}

extension JSONPatchError.Problem: Error {}

/// The number of values added to a document so far.
///
/// Removed values do not count, so that a few lines that repeatedly copy a value into itself soon
/// fail.
private struct DocumentExtent {
  private var values = 0
  private var bytes = 0

  init(of document: JSONValue) {
    count(document, depth: 0)
  }

  /// Adds a value at a depth.
  ///
  /// - Returns: Whether the document stays within `DocumentLimits`.
  mutating func add(_ value: JSONValue, at pointer: JSONPointer) -> Bool {
    count(value, depth: pointer.tokens.count) && values <= DocumentLimits.values
      && bytes <= DocumentLimits.bytes
  }

  @discardableResult
  private mutating func count(_ value: JSONValue, depth: Int) -> Bool {
    values += 1
    switch value {
    case .null, .bool: return true
    case .number(let number): bytes += number.literal.utf8.count
    case .string(let text): bytes += text.utf8.count
    case .array(let elements):
      guard depth < DocumentLimits.depth else { return false }
      return elements.allSatisfy { count($0, depth: depth + 1) }
    case .object(let object):
      guard depth < DocumentLimits.depth else { return false }
      return object.members.allSatisfy { member in
        bytes += member.key.utf8.count
        return count(member.value, depth: depth + 1)
      }
    }
    return true
  }
}

extension JSONValue {
  fileprivate mutating func apply(
    _ operation: JSONPatch.Operation, _ extent: inout DocumentExtent
  ) throws(JSONPatchError.Problem) {
    switch operation {
    case .add(let path, let value):
      try add(value, at: path, &extent)
    case .remove(let path):
      try remove(at: path)
    case .replace(let path, let value):
      guard extent.add(value, at: path) else { throw .tooLarge }
      // Finds a value that must exist: RFC 6902, section 4.3.
      try change(at: path.tokens[...], path) { $0 = value }
    case .move(let from, let path):
      guard !from.contains(path) else { throw .intoItself }
      let value = try value(at: from)
      guard from != path else { return }
      try remove(at: from)
      try add(value, at: path, &extent)
    case .copy(let from, let path):
      try add(try value(at: from), at: path, &extent)
    case .test(let path, let value):
      let found = try self.value(at: path)
      guard found.isEquivalent(to: value) else { throw .otherValue(found, expected: value) }
    }
  }

  /// The value that a pointer leads to.
  private func value(at pointer: JSONPointer) throws(JSONPatchError.Problem) -> JSONValue {
    var value = self
    for (position, token) in pointer.tokens.enumerated() {
      switch value {
      case .object(let object):
        guard let member = object[token] else { throw .nothingThere(pointer.upTo(position)) }
        value = member
      case .array(let elements):
        guard let index = elements.index(token) else {
          throw .noIndex(pointer.upTo(position), count: elements.count)
        }
        value = elements[index]
      case .null, .bool, .number, .string: throw .noContainer(pointer.upTo(position))
      }
    }
    return value
  }

  private mutating func add(
    _ value: JSONValue, at pointer: JSONPointer, _ extent: inout DocumentExtent
  ) throws(JSONPatchError.Problem) {
    guard extent.add(value, at: pointer) else { throw .tooLarge }
    guard let token = pointer.tokens.last else {
      self = value
      return
    }
    try change(at: pointer.tokens.dropLast(), pointer) {
      container throws(JSONPatchError.Problem) in
      switch container {
      case .object(var object):
        container = .null
        object[token] = value
        container = .object(object)
      case .array(var elements):
        let count = elements.count
        guard let index = token == "-" ? count : elements.index(token, mayBeEnd: true) else {
          throw .noIndex(pointer, count: count)
        }
        container = .null
        elements.insert(value, at: index)
        container = .array(elements)
      case .null, .bool, .number, .string: throw .noContainer(pointer)
      }
    }
  }

  private mutating func remove(at pointer: JSONPointer) throws(JSONPatchError.Problem) {
    guard let token = pointer.tokens.last else { throw .wholeDocument }
    try change(at: pointer.tokens.dropLast(), pointer) {
      container throws(JSONPatchError.Problem) in
      switch container {
      case .object(var object):
        guard object[token] != nil else { throw .nothingThere(pointer) }
        container = .null
        object[token] = nil
        container = .object(object)
      case .array(var elements):
        guard let index = elements.index(token) else {
          throw .noIndex(pointer, count: elements.count)
        }
        container = .null
        elements.remove(at: index)
        container = .array(elements)
      case .null, .bool, .number, .string: throw .noContainer(pointer)
      }
    }
  }

  /// Changes the value at a path of tokens.
  ///
  /// No value is held twice on the way down, so that a long array is not copied for every change.
  private mutating func change(
    at tokens: ArraySlice<String>, _ pointer: JSONPointer,
    _ body: (inout JSONValue) throws(JSONPatchError.Problem) -> Void
  ) throws(JSONPatchError.Problem) {
    guard let token = tokens.first else { return try body(&self) }
    switch self {
    case .object(var object):
      guard var member = object[token] else {
        throw .nothingThere(pointer.upTo(tokens.startIndex))
      }
      self = .null
      object[token] = .null
      try member.change(at: tokens.dropFirst(), pointer, body)
      object[token] = member
      self = .object(object)
    case .array(var elements):
      guard let index = elements.index(token) else {
        throw .noIndex(pointer.upTo(tokens.startIndex), count: elements.count)
      }
      self = .null
      try elements[index].change(at: tokens.dropFirst(), pointer, body)
      self = .array(elements)
    case .null, .bool, .number, .string: throw .noContainer(pointer.upTo(tokens.startIndex))
    }
  }
}

extension String {
  /// Whether a token of a pointer is an index in some array: RFC 6901, section 4.
  var isArrayIndex: Bool {
    !isEmpty && utf8.allSatisfy(\.isASCIIDigit) && (self == "0" || !hasPrefix("0"))
  }
}

extension [JSONValue] {
  /// The index of a token.
  fileprivate func index(_ token: String, mayBeEnd: Bool = false) -> Int? {
    // A number that is too large for an integer is out of range as well.
    guard token.isArrayIndex, let index = Int(token), index < count || (mayBeEnd && index == count)
    else { return nil }
    return index
  }
}

extension JSONValue {
  /// Whether both are equal by RFC 6902, section 4.6: numbers by value, objects regardless of the
  /// order of keys.
  fileprivate func isEquivalent(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)):
      return a.isEquivalent(to: b)
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let a), .object(let b)):
      return a.count == b.count
        && a.members.allSatisfy { member in
          b[member.key].map { member.value.isEquivalent(to: $0) } ?? false
        }
    default: return self == other
    }
  }
}
