/// A change of one field of an object, as somebody words it: `tags+=fast`.
package struct FieldAssignment: Sendable, Equatable {
  /// What becomes of the field.
  package enum Operation: Sendable {
    /// It gets a value.
    case set
    /// A list gets an item, or the item of that name is exchanged.
    case append
    /// A list loses an item.
    case remove
  }

  /// The key of the field.
  package let field: String
  /// What becomes of it.
  package let operation: Operation
  /// The value, as text; for lists also as JSON.
  package var text: String

  /// Reads an assignment.
  ///
  /// - Returns: `nil` if the text is none of `field=value`, `list+=item` and `list-=item`.
  package init?(_ word: String) {
    let parts = word.split(at: "=", maximum: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0].unicodeScalars.last {
    case "+": operation = .append
    case "-": operation = .remove
    default: operation = .set
    }
    field = operation == .set ? parts[0] : String(parts[0].unicodeScalars.dropLast())
    text = parts[1]
    guard !field.isEmpty else { return nil }
  }
}

/// Why a field cannot be assigned.
package enum FieldAssignmentError: Error, Equatable {
  /// No field has this key.
  case unknownField(String, noun: String, known: [String])
  /// The field takes one value, and nothing can be added to it or removed.
  case notAList(String)
  /// There is no such item in the list of a field.
  case noItem(String, field: String, items: [String])
  /// The text of a list or an object is no JSON.
  case syntax(field: String, DocumentSyntaxError)
  /// The object would be wrong.
  case invalid(Diagnostic)
}

extension ObjectCoding {
  /// The object with some fields changed.
  ///
  /// - Parameter keys: The keys whose text identifies an object in a list.
  /// - Throws: ``FieldAssignmentError`` for the first assignment that cannot be made.
  package func assigning(
    _ assignments: [FieldAssignment], to root: Root, identifiedBy keys: [String]
  ) throws(FieldAssignmentError) -> Root {
    var object = encodeEveryKey(root)
    for assignment in assignments {
      let key = assignment.field
      guard let field = fields.first(where: { $0.key.hasSameBytes(as: key) }) else {
        throw .unknownField(key, noun: noun, known: fields.map(\.key))
      }
      if assignment.operation == .set {
        object[key] = try field.schema.value(of: assignment.text, field: key)
        continue
      }
      guard case .list(let element) = field.schema, case .array(var items)? = object[key] else {
        throw .notAList(key)
      }
      let item = try element.value(of: assignment.text, field: key)
      if assignment.operation == .append {
        items.add(item, identifiedBy: keys)
      } else {
        guard items.removeItem(like: item, identifiedBy: keys) else {
          throw .noItem(
            assignment.text, field: key, items: items.compactMap { $0.identifyingText(by: keys) })
        }
      }
      object[key] = .array(items)
    }
    var decoding = DocumentDecoding()
    let result = decode(SourceNode(.object(object)), at: DocumentPath(), &decoding)
    if let problem = decoding.diagnostics.first { throw .invalid(problem) }
    return result ?? root
  }
}

extension DocumentSchema {
  /// The value that a text stands for where this shape is expected.
  fileprivate func value(
    of text: String, field: String
  ) throws(FieldAssignmentError) -> JSONValue {
    switch self {
    case .text: return .string(text)
    case .identifier, .choice: return .string(text.trimmingWhiteSpace)
    case .nullable(let schema):
      return text.trimmingWhiteSpace.isEmpty
        ? .null : try schema.value(of: text.trimmingWhiteSpace, field: field)
    case .list:
      if text.trimmingWhiteSpace.hasPrefix("[") { return try Self.json(text, field: field) }
      let items = text.split(at: ",").map(\.trimmingWhiteSpace)
      return .strings(items.filter { !$0.isEmpty })
    case .either:
      return text.trimmingWhiteSpace.hasPrefix("{")
        ? try Self.json(text, field: field) : .string(text.trimmingWhiteSpace)
    case .bool, .integer, .number, .null, .anyObject, .object:
      return try Self.json(text, field: field)
    }
  }

  private static func json(
    _ text: String, field: String
  ) throws(FieldAssignmentError) -> JSONValue {
    do {
      return try JSONValue(json: text)
    } catch {
      throw .syntax(field: field, error)
    }
  }
}

extension [JSONValue] {
  /// Adds an item at the end.
  ///
  /// Where one of its name is there, nothing happens if the name is all there is of the item;
  /// otherwise it takes that one's place.
  fileprivate mutating func add(_ item: JSONValue, identifiedBy keys: [String]) {
    guard let index = firstIndex(where: { $0.isNamed(like: item, by: keys) }) else {
      append(item)
      return
    }
    if case .object = item { self[index] = item }
  }

  /// Removes the items that have the name of one.
  ///
  /// - Returns: whether there was any.
  fileprivate mutating func removeItem(like item: JSONValue, identifiedBy keys: [String]) -> Bool {
    let before = count
    removeAll { $0.isNamed(like: item, by: keys) }
    return count < before
  }
}

extension JSONValue {
  fileprivate func isNamed(like other: JSONValue, by keys: [String]) -> Bool {
    guard let name = identifyingText(by: keys), let otherName = other.identifyingText(by: keys)
    else {
      return self == other
    }
    return name.hasSameBytes(as: otherName)
  }
}
