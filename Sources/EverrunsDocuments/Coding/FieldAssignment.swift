/// An assignment to a field of an object, as users write it: `tags+=fast`.
package struct FieldAssignment: Sendable, Equatable {
  /// The kind of assignment, by its operator.
  package enum Operation: String, CaseIterable, Sendable {
    /// Sets a value.
    case set = "="
    /// Adds an item to a list, or replaces the item with that name.
    case append = "+="
    /// Removes an item from a list.
    case remove = "-="
  }

  /// The key of the field.
  package let field: String
  /// The kind of assignment.
  package let operation: Operation
  /// The value, as text; for lists also as JSON.
  package var text: String
  /// The file that the text was read from; `nil` for a text of the command line.
  package var source: String?

  /// Parses an assignment.
  ///
  /// - Returns: `nil` unless the text is `field=value`, `list+=item` or `list-=item`.
  package init?(_ word: String) {
    let parts = word.split(at: "=", maximum: 1)
    guard parts.count == 2 else { return nil }
    operation = parts[0].unicodeScalars.last.flatMap { Operation(rawValue: "\($0)=") } ?? .set
    field = operation == .set ? parts[0] : String(parts[0].unicodeScalars.dropLast())
    text = parts[1]
    guard !field.isEmpty else { return nil }
  }
}

/// Why a field cannot be assigned.
package enum FieldAssignmentError: Error, Equatable {
  /// The fields do not exist.
  case unknownFields([String], noun: String, known: [String])
  /// The field takes a single value, so nothing can be added or removed.
  case notAList(String)
  /// The item to add or remove is empty.
  case emptyItem(String, FieldAssignment.Operation)
  /// The lists have no such items.
  case missingItems([MissingItems])
  /// A list of names, with commas between them, has something that looks like JSON.
  case mixedItems(String)
  /// The text of a list or an object is not JSON; `source` is the file that contains it.
  case syntax(field: String, source: String?, DocumentSyntaxError)
  /// The resulting object would be invalid.
  case invalid([Diagnostic])

  /// Items that a list does not have.
  package struct MissingItems: Equatable, Sendable {
    /// The field of the list.
    let field: String
    /// The items to remove.
    var items: [String]
    /// The items that the list has.
    var candidates: [String]
  }
}

extension ObjectCoding {
  /// The object with some fields changed.
  ///
  /// - Parameters:
  ///   - assignments: The assignments, each applied to the result of those before it.
  ///   - root: The object to change.
  ///   - keys: The keys whose text identifies an object in a list.
  /// - Returns: The changed object.
  /// - Throws: ``FieldAssignmentError`` with every unknown field, for the first assignment that
  ///   fails, with every item that is missing, or with every problem of the changed object.
  package func assigning(
    _ assignments: [FieldAssignment], to root: Root, identifiedBy keys: [String]
  ) throws(FieldAssignmentError) -> Root {
    var object = encodeEveryKey(root)
    var missing: [FieldAssignmentError.MissingItems] = []
    func known(_ key: String) -> Field? { fields.first { $0.key.hasSameBytes(as: key) } }
    let unknown = assignments.map(\.field).filter { known($0) == nil }.withoutRepetitions
    for assignment in assignments {
      let key = assignment.field
      guard unknown.isEmpty, let field = known(key) else {
        throw .unknownFields(unknown, noun: noun, known: fields.map(\.key))
      }
      if assignment.operation == .set {
        object[key] = try field.schema.value(of: assignment)
        continue
      }
      guard case .list(let element) = field.schema, case .array(var items)? = object[key] else {
        throw .notAList(key)
      }
      guard !assignment.trimmedText.isEmpty else {
        throw .emptyItem(key, assignment.operation)
      }
      for item in try element.items(of: assignment) {
        if assignment.operation == .append {
          items.add(item, identifiedBy: keys)
        } else {
          guard !items.removeItem(like: item, identifiedBy: keys) else { continue }
          let text = item.identifyingText(by: keys) ?? assignment.text
          let candidates = items.compactMap { $0.identifyingText(by: keys) }
          if let index = missing.firstIndex(where: { $0.field.hasSameBytes(as: key) }) {
            missing[index].items.append(text)
            missing[index].candidates = candidates
          } else {
            missing.append(.init(field: key, items: [text], candidates: candidates))
          }
        }
      }
      object[key] = .array(items)
    }
    guard missing.isEmpty else { throw .missingItems(missing) }
    var decoding = DocumentDecoding()
    let result = decode(SourceNode(.object(object)), at: DocumentPath(), &decoding)
    guard decoding.diagnostics.isEmpty else { throw .invalid(decoding.diagnostics) }
    return result ?? root
  }
}

extension FieldAssignment {
  /// The text, trimmed.
  fileprivate var trimmedText: String { text.trimmingWhiteSpace }

  /// The assignment, with its text trimmed.
  fileprivate var trimmed: FieldAssignment {
    var assignment = self
    assignment.text = trimmedText
    return assignment
  }

  /// Whether the text is JSON rather than a list of names.
  fileprivate var beginsAsJSON: Bool { trimmedText.beginsAsJSON }

  /// The text as JSON.
  fileprivate func json() throws(FieldAssignmentError) -> JSONValue {
    do {
      return try JSONValue(json: text)
    } catch {
      throw .syntax(field: field, source: source, error)
    }
  }

  /// The elements of a JSON array, or the single JSON value.
  fileprivate func jsonItems() throws(FieldAssignmentError) -> [JSONValue] {
    let value = try json()
    return value.array ?? [value]
  }
}

extension String {
  /// Whether a trimmed text is JSON rather than a name: no name begins like this.
  fileprivate var beginsAsJSON: Bool {
    unicodeScalars.first.map { "[]{}\"".unicodeScalars.contains($0) } ?? false
  }
}

extension DocumentSchema {
  /// The value that an assignment gives to a field of this shape.
  fileprivate func value(
    of assignment: FieldAssignment
  ) throws(FieldAssignmentError) -> JSONValue {
    switch self {
    case .text: return .string(assignment.text)
    case .identifier, .choice: return .string(assignment.trimmedText)
    case .nullable(let schema):
      return assignment.trimmedText.isEmpty ? .null : try schema.value(of: assignment.trimmed)
    case .list(let element):
      if assignment.beginsAsJSON { return .array(try assignment.jsonItems()) }
      let items = assignment.text.split(at: ",").map(\.trimmingWhiteSpace).filter { !$0.isEmpty }
      // A choice counts once.
      if case .choice = element { return .strings(items.withoutRepetitions) }
      if case .either = element, items.contains(where: \.beginsAsJSON) {
        throw .mixedItems(assignment.field)
      }
      return .strings(items)
    case .either:
      return assignment.beginsAsJSON ? try assignment.json() : .string(assignment.trimmedText)
    case .bool, .integer, .number, .constant, .null, .anyObject, .object:
      return try assignment.json()
    }
  }

  /// The items of this shape that an assignment adds or removes: a single one, or those of a JSON
  /// array.
  fileprivate func items(
    of assignment: FieldAssignment
  ) throws(FieldAssignmentError) -> [JSONValue] {
    assignment.beginsAsJSON ? try assignment.jsonItems() : [try value(of: assignment.trimmed)]
  }
}

extension [JSONValue] {
  /// Adds an item at the end.
  ///
  /// If an item with its name exists, a plain name changes nothing; any other item replaces it.
  fileprivate mutating func add(_ item: JSONValue, identifiedBy keys: [String]) {
    guard let index = firstIndex(where: { $0.isNamed(like: item, by: keys) }) else {
      append(item)
      return
    }
    if case .object = item { self[index] = item }
  }

  /// Removes the items with the same name.
  ///
  /// - Returns: Whether there was one.
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
