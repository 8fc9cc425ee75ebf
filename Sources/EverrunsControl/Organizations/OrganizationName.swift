import CommandLineTree

extension ValueFormat where Value == String {
  /// The name of an organization: any text that is not blank.
  static var organizationName: Self {
    Self(.text) { text throws(ValueError) in
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw .invalid(reason: "an organization needs a name that is not blank")
      }
      return text
    }
  }
}
