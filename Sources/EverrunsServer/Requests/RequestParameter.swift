import EverrunsDocuments

/// A parameter of an operation, in the query or in a header.
public struct RequestParameter: Sendable {
  let name: String
  let summary: String
  let schema: DocumentSchema
  /// Whether it can be given several times.
  let isRepeatable: Bool

  /// A parameter whose value is any text.
  ///
  /// - Parameters:
  ///   - name: The name in the query, or of the header.
  ///   - summary: The purpose of the parameter, in a few words.
  ///   - isRepeatable: Whether it can be given several times.
  /// - Returns: A parameter of the type `string`, or an array of strings if it is repeatable.
  public static func text(
    _ name: String, _ summary: String, isRepeatable: Bool = false
  ) -> RequestParameter {
    RequestParameter(name: name, summary: summary, schema: .text, isRepeatable: isRepeatable)
  }

  /// A parameter whose value is a whole number.
  public static func integer(_ name: String, _ summary: String) -> RequestParameter {
    RequestParameter(name: name, summary: summary, schema: .integer, isRepeatable: false)
  }

  /// A parameter whose value is one word of a list.
  static func choice(
    _ name: String, _ words: [String], _ summary: String, isRepeatable: Bool = false
  ) -> RequestParameter {
    RequestParameter(
      name: name, summary: summary, schema: .choice(words), isRepeatable: isRepeatable)
  }
}
