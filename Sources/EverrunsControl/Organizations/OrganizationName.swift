import CommandLineTree
import EverrunsStore

extension ValueFormat where Value == String {
  /// The name of an organization: any text that is neither blank nor like a public id.
  static var organizationName: Self {
    Self(.text) { text throws(ValueError) in
      if let problem = Organization.problem(ofName: text) { throw .invalid(reason: problem) }
      return text
    }
  }
}
