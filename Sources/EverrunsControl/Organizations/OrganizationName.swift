import CommandLineTree
import EverrunsStore

extension ValueFormat where Value == String {
  /// The name of an organization: any text that is not blank.
  static var organizationName: Self {
    Self(.text) { text throws(ValueError) in
      guard Organization.isName(text) else {
        throw .invalid(reason: "the name of an organization cannot be blank")
      }
      return text
    }
  }
}
