/// The encoding of a type in a document.
public struct ValueCoding<Value>: Sendable {
  /// The shape of the encoded value.
  package let schema: DocumentSchema
  /// Reads a value; reports the problem and returns `nil` if the node does not contain one.
  package let decode: @Sendable (SourceNode, DocumentPath, inout DocumentDecoding) -> Value?
  /// Writes a value.
  package let encode: @Sendable (Value) -> JSONValue

  /// Creates a coding.
  package init(
    schema: DocumentSchema,
    decode: @escaping @Sendable (SourceNode, DocumentPath, inout DocumentDecoding) -> Value?,
    encode: @escaping @Sendable (Value) -> JSONValue
  ) {
    self.schema = schema
    self.decode = decode
    self.encode = encode
  }
}

/// The encoding of a type as an object: its keys, in order, each with a property.
///
/// The list of fields is the only definition of a document's shape; reading, writing and the schema
/// derive from it.
public struct ObjectCoding<Root: Sendable>: Sendable {
  /// The noun for such an object, for messages.
  package let noun: String
  /// A value with every default, into which fields are read.
  package let blank: Root
  /// The keys, in the order of the document.
  package let fields: [Field]
  /// Conditions of the schema beyond the fields.
  package let condition: DocumentSchema.Condition?

  package init(
    noun: String, blank: Root, fields: [Field], condition: DocumentSchema.Condition?
  ) {
    self.noun = noun
    self.blank = blank
    self.fields = fields
    self.condition = condition
  }

  /// Creates a coding.
  ///
  /// - Parameters:
  ///   - noun: The noun for such an object, for messages.
  ///   - blank: A value with every default, into which fields are read.
  ///   - fields: The keys, in the order of the document.
  public init(noun: String, blank: Root, fields: [Field]) {
    self.init(noun: noun, blank: blank, fields: fields, condition: nil)
  }

  /// One key of the object.
  public struct Field: Sendable {
    package let key: String
    package let isRequired: Bool
    package let schema: DocumentSchema
    /// The purpose of the key, one sentence, which the schema contains.
    package var summary: String?
    /// The value for which the key is omitted from the document.
    package var omittedValue: JSONValue?
    package let decode:
      @Sendable (SourceNode, DocumentPath, inout DocumentDecoding, inout Root) -> Void
    /// Writes the field, unless it is omitted.
    package let encode: @Sendable (Root) -> JSONValue?
  }

  /// The value as an object with its keys, in order.
  public func encode(_ root: Root) -> JSONObject {
    JSONObject(
      fields.compactMap { field in
        field.encode(root).flatMap { $0 == field.omittedValue ? nil : (field.key, $0) }
      })
  }

  /// The value as an object with all of its keys, in order, including omitted ones.
  package func encodeEveryKey(_ root: Root) -> JSONObject {
    JSONObject(fields.compactMap { field in field.encode(root).map { (field.key, $0) } })
  }

  /// The omitted keys, with their values.
  package var omittedValues: JSONObject {
    JSONObject(fields.compactMap { field in field.omittedValue.map { (field.key, $0) } })
  }

  /// Reads an object and reports every problem.
  ///
  /// A field that cannot be read keeps its default, so that one pass finds all problems.
  /// - Returns: `nil` if the node is not an object.
  package func decode(
    _ node: SourceNode, at path: DocumentPath, _ decoding: inout DocumentDecoding
  ) -> Root? {
    guard case .object(let members) = node.content else {
      decoding.report(.wrongType(expected: "an object", found: node.kindInWords), path, node.place)
      return nil
    }
    var root = blank
    for member in members {
      let memberPath = path.key(member.key)
      guard let field = fields.first(where: { $0.key.hasSameBytes(as: member.key) }) else {
        decoding.reportUnknownKey(
          member.key, among: fields.map(\.key), in: noun, memberPath, member.keyPlace)
        continue
      }
      field.decode(member.value, memberPath, &decoding, &root)
    }
    for field in fields
    where field.isRequired && !members.contains(where: { $0.key.hasSameBytes(as: field.key) }) {
      decoding.report(.missingKey(field.key, noun: noun), path, node.place)
    }
    return root
  }

  /// The shape of the object.
  package var schema: DocumentSchema {
    .object(
      noun: noun,
      fields: fields.map { field in
        DocumentSchema.Field(
          key: field.key, isRequired: field.isRequired, schema: field.schema,
          summary: field.summary, defaultValue: field.isRequired ? nil : field.encode(blank))
      }, condition: condition)
  }

  /// The coding, for a value inside another object.
  public var value: ValueCoding<Root> {
    ValueCoding(
      schema: schema,
      decode: { node, path, decoding in self.decode(node, at: path, &decoding) },
      encode: { .object(self.encode($0)) })
  }
}

extension ObjectCoding.Field {
  /// A required key.
  ///
  /// - Parameters:
  ///   - key: The key in the document.
  ///   - property: The property that has the value.
  ///   - coding: The coding of the value.
  ///   - summary: The purpose of the key, one sentence, which the schema contains.
  /// - Returns: A field whose absence is an error.
  public static func required<Value>(
    _ key: String, _ property: any WritableKeyPath<Root, Value> & Sendable,
    _ coding: ValueCoding<Value>, _ summary: String? = nil
  ) -> Self {
    over(key, property, coding, summary, isRequired: true)
  }

  /// A key that other programs may write as `null`, and that must contain nothing else: credentials
  /// are never in a document.
  package static func credential(_ key: String) -> Self {
    Self(
      key: key, isRequired: false, schema: .null,
      summary: "Null: credentials are never in a document",
      decode: { node, path, decoding, _ in
        if case .null = node.content { return }
        decoding.report(.credential, path, node.place)
      },
      encode: { _ in nil })
  }

  /// An optional key; a missing one has the default of its type.
  ///
  /// - Parameters:
  ///   - key: The key in the document.
  ///   - property: The property that has the value.
  ///   - coding: The coding of the value.
  ///   - summary: The purpose of the key, one sentence, which the schema contains.
  /// - Returns: A field that keeps the property of a blank object if the key is missing.
  public static func defaulted<Value>(
    _ key: String, _ property: any WritableKeyPath<Root, Value> & Sendable,
    _ coding: ValueCoding<Value>, _ summary: String? = nil
  ) -> Self {
    over(key, property, coding, summary, isRequired: false)
  }

  /// An optional key; a missing one is `nil`, which differs from every value.
  ///
  /// - Parameters:
  ///   - key: The key in the document.
  ///   - property: The property that has the value.
  ///   - coding: The coding of a value that is not `nil`.
  ///   - summary: The purpose of the key, one sentence, which the schema contains.
  /// - Returns: A field that is written only if the property is not `nil`.
  public static func optional<Value>(
    _ key: String, _ property: any WritableKeyPath<Root, Value?> & Sendable,
    _ coding: ValueCoding<Value>, _ summary: String? = nil
  ) -> Self {
    Self(
      key: key, isRequired: false, schema: coding.schema, summary: summary,
      decode: { node, path, decoding, root in
        if let value = coding.decode(node, path, &decoding) {
          root[keyPath: property] = value
        }
      },
      encode: { $0[keyPath: property].map(coding.encode) })
  }

  /// An optional key for an array that is only written if it is not empty.
  package static func listOmittedIfEmpty<Element>(
    _ key: String, _ property: any WritableKeyPath<Root, [Element]> & Sendable,
    _ coding: ValueCoding<Element>, _ summary: String? = nil
  ) -> Self {
    var field = defaulted(key, property, .list(coding), summary)
    field.omittedValue = []
    return field
  }

  private static func over<Value>(
    _ key: String, _ property: any WritableKeyPath<Root, Value> & Sendable,
    _ coding: ValueCoding<Value>, _ summary: String?, isRequired: Bool
  ) -> Self {
    Self(
      key: key, isRequired: isRequired, schema: coding.schema, summary: summary,
      decode: { node, path, decoding, root in
        if let value = coding.decode(node, path, &decoding) {
          root[keyPath: property] = value
        }
      },
      encode: { coding.encode($0[keyPath: property]) })
  }
}

extension ValueCoding {
  /// The values of a coding, or `null` for none.
  public static func orNull<Wrapped>(_ coding: ValueCoding<Wrapped>) -> Self
  where Value == Wrapped? {
    Self(
      schema: .nullable(coding.schema),
      decode: { node, path, decoding in
        if case .null = node.content { return .some(nil) }
        return coding.decode(node, path, &decoding).map(Optional.some)
      },
      encode: { $0.map(coding.encode) ?? .null })
  }

  /// An array of values.
  ///
  /// Elements that cannot be read are reported and skipped.
  public static func list<Element>(_ coding: ValueCoding<Element>) -> Self
  where Value == [Element] {
    Self(
      schema: .list(coding.schema),
      decode: { node, path, decoding in
        guard case .array(let elements) = node.content else {
          decoding.report(
            .wrongType(expected: "an array", found: node.kindInWords), path, node.place)
          return nil
        }
        return decoding.readElements(elements, at: path, coding.decode)
      },
      encode: { .array($0.map(coding.encode)) })
  }
}

extension SourceNode {
  /// The words for this kind of value, for messages.
  package var kindInWords: String {
    switch content {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension ObjectCoding {
  /// Reads one object, or an array of them.
  ///
  /// - Parameters:
  ///   - node: The object or the array.
  ///   - identifierKey: The key whose text is unique among them.
  /// - Returns: The objects in order; one if `node` is a single object.
  /// - Throws: ``DocumentRefusal`` with every problem.
  package func list(
    reading node: SourceNode, identifiedBy identifierKey: String
  ) throws(DocumentRefusal) -> [Root] {
    var decoding = DocumentDecoding()
    let path = DocumentPath()
    var roots: [Root] = []
    switch node.content {
    case .array(let elements):
      roots = decoding.readElements(elements, at: path, value.decode)
      var met: Set<ExactText> = []
      for (index, element) in elements.enumerated() {
        guard let identifier = element.value[identifierKey]?.string,
          !met.insert(ExactText(identifier)).inserted
        else { continue }
        decoding.report(
          .duplicateID(identifier, noun: noun), path.index(index).key(identifierKey),
          element.place(of: path.key(identifierKey)))
      }
    case .object:
      roots = decode(node, at: path, &decoding).map { [$0] } ?? []
    case .null, .bool, .number, .string:
      decoding.report(
        .wrongType(expected: "an object or an array of objects", found: node.kindInWords), path,
        node.place)
    }
    guard decoding.diagnostics.isEmpty else { throw DocumentRefusal(decoding.diagnostics) }
    return roots
  }
}
