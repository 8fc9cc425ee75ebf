extension ValueCoding {
  /// A coding for values of a single kind of node, which messages call `expected`.
  fileprivate init(
    _ expected: String, schema: DocumentSchema, encode: @escaping @Sendable (Value) -> JSONValue,
    read: @escaping @Sendable (SourceNode) -> Value?
  ) {
    self.init(
      schema: schema,
      decode: { node, path, decoding in
        if let value = read(node) { return value }
        // Text that other readers take for a boolean or a number needs a different hint.
        decoding.report(
          node.ambiguityError.map { .syntax($0) }
            ?? .wrongType(expected: expected, found: node.kindInWords), path, node.place)
        return nil
      },
      encode: encode)
  }
}

extension ValueCoding where Value == String {
  /// A string.
  public static var text: Self {
    Self("a string", schema: .text, encode: JSONValue.string) { node in
      if case .string(let text) = node.content { text } else { nil }
    }
  }

  /// A string that is an identifier with a grammar.
  package static func identifier(_ grammar: IdentifierGrammar) -> Self {
    Self(
      schema: .identifier(grammar),
      decode: { node, path, decoding in
        guard let text = Self.text.decode(node, path, &decoding) else { return nil }
        if !grammar.accepts(text) {
          decoding.report(.invalidID(text, grammar), path, node.place)
        }
        return text
      },
      encode: JSONValue.string)
  }
}

extension ValueCoding where Value == Bool {
  /// A boolean.
  public static var bool: Self {
    Self("true or false", schema: .bool, encode: JSONValue.bool) { node in
      if case .bool(let value) = node.content { value } else { nil }
    }
  }
}

extension ValueCoding where Value == Int {
  /// An integer.
  public static var integer: Self {
    Self("a whole number", schema: .integer, encode: JSONValue.integer) { node in
      if case .number(let number) = node.content { number.wholeNumber } else { nil }
    }
  }

  /// This integer only.
  package static func constant(_ number: Int) -> Self {
    Self(
      schema: .constant(number),
      decode: { node, path, decoding in
        guard case .number(let found) = node.content else {
          decoding.report(
            .wrongType(expected: "\(number)", found: node.kindInWords), path, node.place)
          return nil
        }
        guard found.wholeNumber == number else {
          decoding.report(
            .wrongType(expected: "\(number)", found: found.literal), path, node.place)
          return nil
        }
        return number
      }, encode: JSONValue.integer)
  }
}

extension ValueCoding where Value == Double {
  /// A number, with the precision of `Double`.
  public static var number: Self {
    Self(
      "a number", schema: .number, encode: { JSONNumber($0).map(JSONValue.number) ?? .null },
      read: { node in
        guard case .number(let number) = node.content, let value = Double(number.literal),
          value.isFinite
        else { return nil }
        return value
      })
  }
}

extension ValueCoding where Value == JSONObject {
  /// An object with any content.
  ///
  /// The order of its keys is insignificant: they are kept sorted.
  public static var anyObject: Self {
    Self(
      schema: .anyObject,
      decode: { node, path, decoding in
        guard case .object(let object) = node.value else {
          decoding.report(
            .wrongType(expected: "an object", found: node.kindInWords), path, node.place)
          return nil
        }
        node.forEachAmbiguity(at: path) { error, path in
          decoding.report(.syntax(error), path, error.place)
        }
        return object.sortingKeys
      },
      encode: { .object($0.sortingKeys) })
  }
}

extension ValueCoding
where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
  /// One of the raw values of an enum.
  public static func choice() -> Self {
    Self(
      schema: .choice(Value.allCases.map(\.rawValue)),
      decode: { node, path, decoding in
        guard let text = ValueCoding<String>.text.decode(node, path, &decoding) else { return nil }
        let value = Value(rawValue: text)
        if value == nil {
          decoding.report(
            .invalidChoice(text, choices: Value.allCases.map(\.rawValue)), path, node.place)
        }
        return value
      },
      encode: { .string($0.rawValue) })
  }
}
